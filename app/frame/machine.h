// app/frame/machine.h: this computer and this process, in words.
#pragma once

#include <QString>
#include <string>

namespace resonate::app {

/// Name of the processor, as Linux tells it.
QString processorName();
/// "AVX-512" of the engine's "avx512".
QString instructionSetText(const std::string& name);
/// Memory of this process that is in RAM, bytes; 0 where the system does not tell.
qint64 residentMemory();

}  // namespace resonate::app
