#!/usr/bin/env python3
"""The workflows give the results of single commands on a Slurm of one machine, also if a job is killed.

    slurm.py MMGYM DATA_SAMPLES DERIVE_ENTRIES [ENTRIES]    (default: 200)

Starts munged, slurmctld and slurmd in a temporary folder, as root (Debian: slurmctld slurmd
slurm-client munge snakemake). Skipped, with status 77, where these are missing.
"""

import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from merge import comparable  # noqa: E402
from program import FolderTest, Program, derive_entries, folder_content  # noqa: E402

WORKFLOW = pathlib.Path(__file__).resolve().parents[2] / "workflow"
ENTRIES = 200
SAMPLE = "--split {} --preset 16A --count 48 --samples-per-shard 4"
SPLIT = ("--target", "train=70", "--target", "val=30")

CONFIGURATION = """
ClusterName=mmgym
SlurmctldHost={host}(127.0.0.1)
AuthInfo=socket={folder}/munge.socket
SlurmUser=root
SlurmdUser=root
SlurmdParameters=config_overrides
SlurmctldPort=17817
SlurmdPort=17818
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
SchedulerParameters=sched_interval=1,bf_interval=1
NodeName={host} NodeAddr=127.0.0.1 CPUs=4 RealMemory=4000
PartitionName=all Nodes=ALL Default=YES State=UP
"""


def run(*command, timeout=60):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          timeout=timeout, check=False)  # fmt: skip
    assert done.returncode == 0, (command, done.stdout, done.stderr)
    return done.stdout


class Cluster:
    """A Slurm of this machine."""

    def __init__(self, folder):
        for name in ("state", "spool"):
            (folder / name).mkdir()
        key = folder / "munge.key"
        key.write_bytes(os.urandom(256))
        key.chmod(0o600)
        host = socket.gethostname().split(".")[0]
        conf = folder / "slurm.conf"
        conf.write_text(CONFIGURATION.format(folder=folder, host=host))
        os.environ["SLURM_CONF"] = str(conf)
        self.pid_files = [folder / name for name in ("slurmd.pid", "slurmctld.pid", "munge.pid")]
        run("munged", "--force", f"--key-file={key}", f"--socket={folder}/munge.socket",
            f"--pid-file={self.pid_files[2]}", f"--log-file={folder}/munge.log",
            f"--seed-file={folder}/munge.seed")  # fmt: skip
        run("slurmctld")
        run("slurmd")
        for _ in range(60):
            if "idle" in run("sinfo", "--noheader", "--format=%t"):
                return
            time.sleep(0.5)
        raise AssertionError((folder / "slurmctld.log").read_text()[-2000:])

    def stop(self):
        for file in self.pid_files:
            try:
                os.kill(int(file.read_text()), 15)
            except (OSError, ValueError):
                pass
        time.sleep(1)


def jobs(state=None):
    """Returns the ids of jobs in the queue, with their names."""
    flags = [f"--states={state}"] if state else []
    lines = run("squeue", "--noheader", "--array", "--format=%A %F_%K %j", *flags).splitlines()
    return [line.split() for line in lines]


def start_now(job):
    """Starts a job that was requeued, which Slurm does after two minutes."""
    end = time.monotonic() + 30
    while "JobState=PENDING" not in run("scontrol", "show", "job", job):
        assert time.monotonic() < end, run("scontrol", "show", "job", job)
        time.sleep(0.2)
    run("scontrol", "update", f"JobId={job}", "StartTime=now")


def wait_for_all(timeout=100):
    end = time.monotonic() + timeout
    while jobs():
        assert time.monotonic() < end, run("squeue")
        time.sleep(0.5)


class Slurm(FolderTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.folder.chmod(0o700)
        cls.entries = cls.folder / "entries"
        sources = [SAMPLES / f"{entry}.cif.gz" for entry in ("2xhe", "7cfn", "1a8o", "6wqa")]
        derive_entries(DERIVE, cls.entries, ENTRIES, sources, family_size=4)
        whole = cls.folder / "whole"
        cls.gym = whole / "gym.sqlite"
        (whole / "shards").mkdir(parents=True)
        MMGYM.run("build-db", cls.entries, "--db", cls.gym, "--quiet")
        MMGYM.run("split", cls.gym, *SPLIT)
        for name in ("train", "val"):
            MMGYM.run("sample", cls.gym, "--out", whole / "shards" / name,
                      *SAMPLE.format(name).split())  # fmt: skip
        cls.expected_shards = {name: folder_content(whole / "shards" / name) for name in ("train", "val")}
        cluster = Cluster(cls.folder)
        cls.addClassCleanup(cluster.stop)

    def assert_expected(self, out):
        found, expected = comparable(out / "gym.sqlite"), comparable(self.gym)
        for table in expected:
            self.assertEqual(found[table], expected[table], table)
        for name, content in self.expected_shards.items():
            self.assertEqual(folder_content(out / "shards" / name), content, name)

    def test_array_jobs_of_which_some_are_killed(self):
        out = self.folder / "arrays"
        settings = self.folder / "settings.sh"
        settings.write_text(
            f"mmgym={MMGYM.path}\ninputs=({self.entries})\nout={out}\nparts=5\nworkers=3\n"
            f"build_flags=()\nmerge_flags=()\nsplit_flags=({' '.join(SPLIT)})\n"
            f"declare -A sets=([train]='{SAMPLE.format('train')}' [val]='{SAMPLE.format('val')}')\n"
            "sbatch_flags=(--cpus-per-task=1)\n"
        )
        run(WORKFLOW / "slurm" / "submit.sh", settings)
        killed = 0
        end = time.monotonic() + 60
        while killed < 2 and jobs() and time.monotonic() < end:
            for job, _, name in jobs("RUNNING"):
                if name == "mmgym-part":
                    run("scancel", "--signal=KILL", "--full", job)
                    killed += 1
                    break
            time.sleep(0.3)
        self.assertGreater(killed, 0)
        wait_for_all()
        # As a user would after a failure: what is finished is not done again.
        if not all((out / "shards" / name / "index.json").exists() for name in ("train", "val")):
            run(WORKFLOW / "slurm" / "submit.sh", settings)
            wait_for_all()
        self.assert_expected(out)

    @unittest.skipUnless(shutil.which("snakemake"), "snakemake is not installed")
    def test_snakemake_with_a_job_that_is_requeued(self):
        place = self.folder / "snakemake"
        place.mkdir()
        config = place / "config.yaml"
        config.write_text(
            f"mmgym: {MMGYM.path}\ninputs: [{self.entries}]\nout: out\nparts: 4\nworkers: 3\n"
            f"threads: 1\nbuild: ''\nmerge: ''\nsplit: {' '.join(SPLIT)}\nsets:\n"
            f"  train: {SAMPLE.format('train')}\n  val: {SAMPLE.format('val')}\n"
        )
        command = ["snakemake", "-s", WORKFLOW / "Snakefile", "--configfile", config, "--profile",
                   WORKFLOW / "profile", "--latency-wait", "5"]  # fmt: skip
        with subprocess.Popen(list(map(str, command)), cwd=place, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True) as running:  # fmt: skip
            requeued = False
            end = time.monotonic() + 60
            while not requeued and running.poll() is None and time.monotonic() < end:
                for job, _, name in jobs("RUNNING"):
                    if name == "mmgym-part":
                        requeue = subprocess.run(["scontrol", "requeue", job], check=False)
                        requeued = requeue.returncode == 0
                        break
                time.sleep(0.2)
            if requeued:
                start_now(job)
            log = running.communicate(timeout=120)[0]
        self.assertEqual(running.returncode, 0, log[-4000:])
        self.assertTrue(requeued)
        self.assert_expected(place / "out")


if __name__ == "__main__":
    MMGYM = Program(pathlib.Path(sys.argv[1]).resolve())
    SAMPLES, DERIVE = pathlib.Path(sys.argv[2]), sys.argv[3]
    ENTRIES = int(sys.argv[4]) if len(sys.argv) > 4 else ENTRIES
    if os.geteuid() != 0 or not all(map(shutil.which, ("munged", "slurmctld", "slurmd", "sbatch"))):
        print("skipped: this needs root, and Slurm and munge (Debian: slurmctld slurmd slurm-client munge)")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1], verbosity=2)
