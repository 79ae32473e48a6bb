#pragma once

namespace mmgym {

/// Lets fork() wait until no thread is inside a section that must not be copied halfway, such as a
/// call into SQLite, whose locks would stay locked in the child forever. Python's data loaders fork
/// while threads make samples.
class ForkGate {
 public:
  /// Marks a section. Sections must not be nested.
  class Section {
   public:
    Section();
    ~Section();
    Section(const Section&) = delete;
    Section& operator=(const Section&) = delete;
  };

  /// From now on, fork() waits for all sections to end, and sections wait for fork(). Without this
  /// call, sections cost only the time of a lock.
  static void install();
};

}  // namespace mmgym
