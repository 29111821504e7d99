// app/panels/curve_key.cpp: see curve_key.h.
#include "panels/curve_key.h"

#include <QColorDialog>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <utility>

#include "models/brief_names.h"
#include "panels/check_delegate.h"
#include "style/theme.h"
#include "views/plot_axes.h"

namespace resonate::app {
namespace {

constexpr QSize signSize{30, 16};
constexpr int keyRole = Qt::UserRole;
constexpr int briefRole = Qt::UserRole + 1;
constexpr int tellingRole = Qt::UserRole + 2;

/// Shows what tells the names apart; the whole one is edited.
class NameDelegate : public CheckDelegate {
 public:
    using CheckDelegate::CheckDelegate;

 protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
        CheckDelegate::initStyleOption(option, index);
        option->text = index.data(briefRole).toString();
        // Asked for its size it has no room yet.
        if (!option->widget || option->rect.width() <= 0) return;
        const QStyle* style = option->widget->style();
        const QRect room = style->subElementRect(QStyle::SE_ItemViewItemText, option, option->widget);
        const int margin = style->pixelMetric(QStyle::PM_FocusFrameHMargin, option, option->widget) + 1;
        option->text = fittedName(option->text, index.data(tellingRole).toLongLong(), QFontMetricsF(option->font),
                                  room.width() - 2 * margin);
    }
};

QIcon signOf(const CurveLook& look, double ratio) {
    QPixmap pixmap(signSize * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(look.colour, 2.2, look.line, Qt::FlatCap));
    painter.drawLine(QPointF(1, 8), QPointF(29, 8));
    painter.setPen(Qt::NoPen);
    painter.setBrush(look.colour);
    if (look.marker > 0) drawMarker(painter, look.marker, {15, 8}, 3.8);
    return QIcon(pixmap);
}

}  // namespace

CurveKey::CurveKey(CurveLooks* looks, QWidget* parent) : QTreeWidget(parent), m_looks(looks) {
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setIconSize(signSize);
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setAccessibleName(tr("Key of the curves"));
    setUniformRowHeights(true);
    setItemDelegate(new NameDelegate(this));
    setTextElideMode(Qt::ElideRight);
    connect(this, &QWidget::customContextMenuRequested, this, &CurveKey::showMenu);
    connect(this, &QTreeWidget::itemChanged, this, [this](QTreeWidgetItem* item) {
        if (m_filling) return;
        const QString key = keyOf(item);
        const size_t place = static_cast<size_t>(indexOfTopLevelItem(item));
        const QString name = item->text(0).simplified();
        const CurveLook look = m_looks->lookOf(*m_comparison, static_cast<qsizetype>(place), false);
        const bool hidden = item->checkState(0) == Qt::Unchecked;
        if (hidden != look.hidden)
            m_looks->setHidden(key, hidden);
        else if (name != look.name)
            m_looks->setName(key, name == m_comparison->groups[place].label ? QString() : name);
    });
    connect(looks, &CurveLooks::changed, this, &CurveKey::fill, Qt::QueuedConnection);
}

void CurveKey::setComparison(const SharedComparison& comparison) {
    m_comparison = comparison;
    fill();
}

QString CurveKey::keyOf(const QTreeWidgetItem* item) const { return item->data(0, keyRole).toString(); }

void CurveKey::fill() {
    if (state() == QAbstractItemView::EditingState) return;  // what is typed decides
    m_filling = true;
    const int wanted = m_comparison ? static_cast<int>(m_comparison->groups.size()) : 0;
    while (topLevelItemCount() > wanted) delete takeTopLevelItem(topLevelItemCount() - 1);
    while (topLevelItemCount() < wanted) addTopLevelItem(new QTreeWidgetItem);
    const bool dark = isDark(palette());
    QStringList names;
    for (int i = 0; i < wanted; ++i) names << m_looks->lookOf(*m_comparison, i, dark).name;
    const QStringList brief = briefNames(names);
    const QList<qsizetype> telling = tellingLetters(brief);
    for (int i = 0; i < wanted; ++i) {
        const ComparedGroup& group = m_comparison->groups[static_cast<size_t>(i)];
        const CurveLook look = m_looks->lookOf(*m_comparison, i, dark);
        QTreeWidgetItem* item = topLevelItem(i);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable | Qt::ItemIsEditable);
        item->setText(0, look.name);
        item->setIcon(0, signOf(look, devicePixelRatioF()));
        item->setData(0, keyRole, group.key);
        item->setData(0, briefRole, brief[i]);
        item->setData(0, tellingRole, static_cast<qlonglong>(telling[i]));
        item->setCheckState(0, look.hidden ? Qt::Unchecked : Qt::Checked);
        const int seeds = static_cast<int>(group.members.members.size());
        const QString whole = seeds == 1 ? group.label : tr("%1, mean over %2 seeds").arg(group.label).arg(seeds);
        item->setToolTip(0, look.name == group.label ? whole : look.name + QLatin1Char('\n') + whole);
    }
    m_filling = false;
}

void CurveKey::chooseColour() {
    QTreeWidgetItem* item = currentItem();
    if (!item) return;
    const CurveLook look = m_looks->lookOf(*m_comparison, indexOfTopLevelItem(item), isDark(palette()));
    const QString key = keyOf(item);
    const QColor chosen = QColorDialog::getColor(look.colour, this, tr("Colour of %1").arg(look.name));
    if (chosen.isValid()) m_looks->setColour(key, chosen);
}

void CurveKey::showMenu(const QPoint& point) {
    QTreeWidgetItem* item = itemAt(point);
    if (!item) return;
    setCurrentItem(item);
    const QString key = keyOf(item);
    QMenu menu;
    menu.addAction(tr("&Rename\tF2"), this, [this, item] { editItem(item); });
    menu.addAction(tr("&Colour…\tC"), this, &CurveKey::chooseColour);
    QMenu* lines = menu.addMenu(tr("&Line"));
    const std::pair<Qt::PenStyle, QString> styles[] = {{Qt::SolidLine, tr("solid")},
                                                       {Qt::DashLine, tr("dashes")},
                                                       {Qt::DotLine, tr("dots")},
                                                       {Qt::DashDotLine, tr("dash, dot")},
                                                       {Qt::DashDotDotLine, tr("dash, dot, dot")}};
    for (const auto& [style, text] : styles)
        lines->addAction(text, this, [this, key, style = style] { m_looks->setLine(key, style); });
    QAction* reset = menu.addAction(tr("&Back to the usual look"), this, [this, key] { m_looks->reset(key); });
    reset->setEnabled(m_looks->isChanged(key));
    menu.exec(viewport()->mapToGlobal(point));
}

void CurveKey::mouseDoubleClickEvent(QMouseEvent* event) {
    QTreeWidgetItem* item = itemAt(event->pos());
    if (!item) return;
    // Left of the name stand the tick and the sign.
    const int name = visualItemRect(item).left() + 24 + signSize.width();
    if (event->pos().x() > name)
        editItem(item);
    else if (event->pos().x() > visualItemRect(item).left() + 20)
        chooseColour();
}

void CurveKey::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_F2 && currentItem() && state() != QAbstractItemView::EditingState)
        return editItem(currentItem());
    if (event->key() == Qt::Key_C && event->modifiers() == Qt::NoModifier) return chooseColour();
    QTreeWidget::keyPressEvent(event);
}

void CurveKey::changeEvent(QEvent* event) {
    QTreeWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) fill();
}

}  // namespace resonate::app
