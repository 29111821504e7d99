// app/panels/check_delegate.h: rows with a tick that shows on a dark background as well.
#pragma once

#include <QStyledItemDelegate>

#include "style/theme.h"

namespace resonate::app {

/// Fusion outlines an empty box darker than the window, which shows nothing on a dark one: it is lighter inside
/// instead.
class CheckDelegate : public QStyledItemDelegate {
 public:
    using QStyledItemDelegate::QStyledItemDelegate;

 protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
        QStyledItemDelegate::initStyleOption(option, index);
        if (isDark(option->palette)) option->palette.setColor(QPalette::Base, option->palette.color(QPalette::Mid));
    }
};

}  // namespace resonate::app
