// app/session/picture_cache.h: the sample on a data set's card, kept between two starts.
#pragma once

#include <QString>
#include <filesystem>

#include "views/shown_sample.h"

namespace resonate::app {

/// One file in the user's cache folder, named after what the sample was read from: when a file of the set changes, its
/// old sample is not found any more. Nothing here fails: without a cache the set is read again.
class PictureCache {
 public:
    PictureCache(const DatasetConfig& dataset, const std::filesystem::path& dataDir);

    SharedSample read() const;
    void write(const ShownSample& sample) const;

 private:
    DatasetConfig m_dataset;
    QString m_file;
};

}  // namespace resonate::app
