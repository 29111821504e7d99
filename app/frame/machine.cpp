// app/frame/machine.cpp: see machine.h.
#include "frame/machine.h"

#include <unistd.h>

#include <QFile>
#include <QSysInfo>

namespace resonate::app {

QString processorName() {
    QFile file(QStringLiteral("/proc/cpuinfo"));
    if (file.open(QIODevice::ReadOnly))
        for (const QByteArray& line : file.readAll().split('\n'))
            if (line.startsWith("model name")) return QString::fromUtf8(line.mid(line.indexOf(':') + 1)).trimmed();
    return QSysInfo::currentCpuArchitecture();
}

QString instructionSetText(const std::string& name) {
    if (name == "avx512") return QStringLiteral("AVX-512");
    return name == "avx2" ? QStringLiteral("AVX2") : QString::fromStdString(name);
}

qint64 residentMemory() {
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly)) return 0;
    // Pages: all, resident, shared, …
    const QList<QByteArray> pages = file.readAll().split(' ');
    return pages.size() > 1 ? pages[1].toLongLong() * sysconf(_SC_PAGESIZE) : 0;
}

}  // namespace resonate::app
