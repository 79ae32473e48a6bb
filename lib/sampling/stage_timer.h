#pragma once

#include "base/stage_timer.h"
