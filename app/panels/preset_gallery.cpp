// app/panels/preset_gallery.cpp: see preset_gallery.h.
#include "panels/preset_gallery.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QVBoxLayout>
#include <algorithm>

#include "panels/ask_text.h"
#include "panels/list_note.h"

namespace resonate::app {
namespace {

constexpr int nameRole = Qt::UserRole + 2;

/// Where the desktop has no trash: into `.trash` beside it, under a name that is free.
bool moveAside(const std::filesystem::path& file) {
    std::error_code failure;
    const std::filesystem::path trash = file.parent_path() / ".trash";
    std::filesystem::create_directories(trash, failure);
    std::filesystem::path to = trash / file.filename();
    for (int i = 2; std::filesystem::exists(to, failure); ++i)
        to = trash / (file.stem().string() + "-" + std::to_string(i) + ".yaml");
    std::filesystem::rename(file, to, failure);
    return !failure;
}

}  // namespace

/// Every word of the text somewhere in the card, and the data set and neuron where one is chosen.
class PresetGallery::Filter : public QSortFilterProxyModel {
 public:
    Filter(const std::vector<PresetEntry>* entries, QObject* parent)
        : QSortFilterProxyModel(parent), m_entries(entries) {}

    void set(const QString& text, const QString& dataset, const QString& neuron) {
        m_words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        m_dataset = dataset;
        m_neuron = neuron;
        invalidateFilter();
    }

 protected:
    bool filterAcceptsRow(int row, const QModelIndex&) const override {
        const PresetEntry& entry = m_entries->at(static_cast<size_t>(row));
        const NeuronType type = entry.config.neuron.type;
        if (!m_dataset.isEmpty() && m_dataset != QString::fromStdString(entry.dataset->name)) return false;
        if (!m_neuron.isEmpty() && m_neuron != QString::fromStdString(to_string(type))) return false;
        const QStringList texts = {entry.name, entry.title, entry.description,
                                   QString::fromStdString(entry.dataset->title),
                                   QString::fromStdString(display_name(type))};
        const QString all = texts.join(QLatin1Char(' '));
        return std::all_of(m_words.begin(), m_words.end(),
                           [&](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
    }

 private:
    const std::vector<PresetEntry>* m_entries;
    QStringList m_words;
    QString m_dataset;
    QString m_neuron;
};

PresetGallery::PresetGallery(const std::filesystem::path& dataDir, const QString& current, QWidget* parent)
    : QDialog(parent),
      m_dataDir(dataDir),
      m_model(new QStandardItemModel(this)),
      m_shown(new Filter(&m_entries, this)),
      m_cards(new PresetCardDelegate(&m_entries, this)),
      m_filter(new QLineEdit),
      m_dataset(new QComboBox),
      m_neuron(new QComboBox),
      m_count(new QLabel),
      m_list(new QListView),
      m_nothing(listNote(m_list)),
      m_rename(new QPushButton(tr("Rename…"))),
      m_delete(new QPushButton(tr("Delete…"))),
      m_take(new QPushButton(tr("Use preset"))) {
    setWindowTitle(tr("Presets"));
    resize(1010, 680);
    build();
    load(current);
    m_filter->setFocus();
}

void PresetGallery::build() {
    auto* column = new QVBoxLayout(this);
    auto* filters = new QHBoxLayout;
    m_filter->setPlaceholderText(tr("Filter by words"));
    m_filter->setAccessibleName(m_filter->placeholderText());
    m_filter->setClearButtonEnabled(true);
    m_dataset->setAccessibleName(tr("Data set"));
    m_neuron->setAccessibleName(tr("Neuron"));
    filters->addWidget(m_filter, 2);
    filters->addWidget(m_dataset, 1);
    filters->addWidget(m_neuron);
    filters->addWidget(m_count);
    column->addLayout(filters);

    m_shown->setSourceModel(m_model);
    m_list->setModel(m_shown);
    m_list->setItemDelegate(m_cards);
    m_list->setViewMode(QListView::IconMode);
    m_list->setMovement(QListView::Static);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setMouseTracking(true);
    m_list->setAccessibleName(tr("Presets"));
    m_list->installEventFilter(this);
    m_filter->installEventFilter(this);
    column->addWidget(m_list, 1);

    auto* buttons = new QHBoxLayout;
    m_rename->setToolTip(tr("Give a preset of your own another name"));
    m_delete->setToolTip(tr("Move a preset of your own to the trash"));
    buttons->addWidget(m_rename);
    buttons->addWidget(m_delete);
    auto* box = new QDialogButtonBox(QDialogButtonBox::Cancel);
    box->addButton(m_take, QDialogButtonBox::AcceptRole);
    m_take->setDefault(true);
    for (QPushButton* button : {m_rename, m_delete}) button->setAutoDefault(false);
    buttons->addWidget(box, 1);
    column->addLayout(buttons);

    connect(box, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QListView::doubleClicked, this, &QDialog::accept);
    connect(m_filter, &QLineEdit::textChanged, this, &PresetGallery::applyFilter);
    connect(m_dataset, &QComboBox::currentIndexChanged, this, &PresetGallery::applyFilter);
    connect(m_neuron, &QComboBox::currentIndexChanged, this, &PresetGallery::applyFilter);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &PresetGallery::refreshButtons);
    connect(m_rename, &QPushButton::clicked, this, &PresetGallery::askForName);
    connect(m_delete, &QPushButton::clicked, this, &PresetGallery::askToDelete);
}

void PresetGallery::load(const QString& current) {
    m_model->clear();
    m_entries = presetEntries(m_dataDir);
    for (size_t i = 0; i < m_entries.size(); ++i) {
        const PresetEntry& entry = m_entries[i];
        // One's own have the title of what they were made from: their name tells them apart.
        auto* item = new QStandardItem(entry.file.isEmpty() ? entry.title : entry.name);
        item->setData(static_cast<int>(i), PresetCardDelegate::entryRole);
        item->setData(entry.name, nameRole);
        item->setToolTip(QStringLiteral("<p><b>%1</b><br>%2<br>%3</p>")
                             .arg(item->text().toHtmlEscaped(), entry.description.toHtmlEscaped(),
                                  entry.config.reference ? (entry.published + QStringLiteral(". ") +
                                                            QString::fromStdString(entry.config.reference->source))
                                                               .toHtmlEscaped()
                                                         : QString()));
        item->setData(tr("%1. %2 %3").arg(item->text(), entry.description, entry.published), Qt::AccessibleTextRole);
        m_model->appendRow(item);
    }
    const auto fill = [](QComboBox* box, const QString& all, const QList<std::pair<QString, QString>>& choices) {
        const QSignalBlocker quiet(box);
        const QString before = box->currentData().toString();
        box->clear();
        box->addItem(all, QString());
        for (const auto& [text, key] : choices)
            if (box->findData(key) < 0) box->addItem(text, key);
        box->setCurrentIndex(std::max(0, box->findData(before)));
    };
    QList<std::pair<QString, QString>> datasets, neurons;
    for (const PresetEntry& entry : m_entries) {
        const NeuronType type = entry.config.neuron.type;
        datasets.append({QString::fromStdString(entry.dataset->title), QString::fromStdString(entry.dataset->name)});
        neurons.append({QString::fromStdString(display_name(type)), QString::fromStdString(to_string(type))});
    }
    fill(m_dataset, tr("All data sets"), datasets);
    fill(m_neuron, tr("All neurons"), neurons);
    applyFilter();
    choose(current);
}

void PresetGallery::applyFilter() {
    const QString before = chosenPreset();
    m_shown->set(m_filter->text(), m_dataset->currentData().toString(), m_neuron->currentData().toString());
    const int count = m_shown->rowCount();
    m_count->setText(count == 1 ? tr("1 preset") : tr("%1 presets").arg(count));
    m_nothing->setText(whyNothing());
    m_nothing->setVisible(count == 0);
    choose(before);
    if (chosenPreset().isEmpty() && count > 0) m_list->setCurrentIndex(m_shown->index(0, 0));
    refreshButtons();
}

QString PresetGallery::whyNothing() const {
    const bool among = m_dataset->currentIndex() > 0 || m_neuron->currentIndex() > 0;
    const QString words = m_filter->text().trimmed();
    if (words.isEmpty()) return tr("No preset has this data set and this neuron. Choose all of either.");
    return among ? tr("Nothing matches \"%1\" here. Clear the filter, or choose all data sets and all neurons.")
                       .arg(words)
                 : tr("Nothing matches \"%1\". Clear the filter to see all presets.").arg(words);
}

const PresetEntry* PresetGallery::chosen() const {
    const QModelIndexList selected = m_list->selectionModel()->selectedIndexes();
    if (selected.isEmpty()) return nullptr;
    return &m_entries.at(static_cast<size_t>(selected.constFirst().data(PresetCardDelegate::entryRole).toInt()));
}

QString PresetGallery::chosenPreset() const { return chosen() ? chosen()->name : QString(); }

void PresetGallery::choose(const QString& name) {
    for (int row = 0; row < m_shown->rowCount(); ++row) {
        const QModelIndex index = m_shown->index(row, 0);
        if (index.data(nameRole).toString() != name) continue;
        m_list->setCurrentIndex(index);
        m_list->scrollTo(index, QAbstractItemView::EnsureVisible);
        return;
    }
}

QStringList PresetGallery::shownPresets() const {
    QStringList names;
    for (int row = 0; row < m_shown->rowCount(); ++row) names << m_shown->index(row, 0).data(nameRole).toString();
    return names;
}

void PresetGallery::refreshButtons() {
    const PresetEntry* entry = chosen();
    m_take->setEnabled(entry);
    m_rename->setEnabled(entry && !entry->file.isEmpty());
    m_delete->setEnabled(entry && !entry->file.isEmpty());
}

/// As many columns as fit, which share the width.
void PresetGallery::fitCards() {
    const QSize wanted = PresetCardDelegate::wantedSize(m_list->font());
    const int width = m_list->viewport()->width() - 4;
    const int columns = std::max(1, width / wanted.width());
    const QSize size(width / columns, wanted.height());
    m_cards->setCardSize(size);
    m_list->setGridSize(size);
    if (const QModelIndex current = m_list->currentIndex(); current.isValid()) m_list->scrollTo(current);
}

void PresetGallery::resizeEvent(QResizeEvent* event) {
    QDialog::resizeEvent(event);
    fitCards();
}

bool PresetGallery::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_list && event->type() == QEvent::Resize)
        QMetaObject::invokeMethod(this, &PresetGallery::fitCards, Qt::QueuedConnection);
    if (event->type() != QEvent::KeyPress) return QDialog::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (watched == m_filter && (key->key() == Qt::Key_Down || key->key() == Qt::Key_Up)) {
        m_list->setFocus();
        return true;
    }
    if (watched == m_list && (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)) {
        if (chosen()) accept();
        return true;
    }
    if (watched == m_list && key->key() == Qt::Key_Delete && m_delete->isEnabled()) {
        askToDelete();
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

void PresetGallery::complain(const QString& sentence) { QMessageBox::warning(this, tr("Presets"), sentence); }

bool PresetGallery::rename(const QString& to, QString* why) {
    const PresetEntry* entry = chosen();
    if (!entry || entry->file.isEmpty()) return false;
    const QString clean = to.trimmed();
    const QString from = entry->name;
    if (clean == from) return true;
    if (clean.isEmpty() || clean.contains(QLatin1Char('/')) || clean.startsWith(QLatin1Char('.'))) {
        *why = tr("A name has at least one letter, no '/' and no '.' at its start; found '%1'.").arg(to);
        return false;
    }
    const std::filesystem::path old = entry->file.toStdString();
    const std::filesystem::path renamed = old.parent_path() / (clean.toStdString() + ".yaml");
    const bool taken =
        std::any_of(m_entries.begin(), m_entries.end(), [&](const PresetEntry& other) { return other.name == clean; });
    std::error_code failure;
    if (taken || std::filesystem::exists(renamed, failure)) {
        *why = tr("There is a preset named %1 already; choose another name.").arg(clean);
        return false;
    }
    std::filesystem::rename(old, renamed, failure);
    if (failure) {
        *why = tr("%1: cannot be renamed: %2.").arg(entry->file, QString::fromStdString(failure.message()));
        return false;
    }
    load(clean);
    Q_EMIT presetRenamed(from, clean);
    return true;
}

void PresetGallery::askForName() {
    const PresetEntry* entry = chosen();
    if (!entry) return;
    const std::optional<QString> name = askText(this, tr("Rename preset"), tr("Name of the preset:"), entry->name);
    QString why;
    if (name && !rename(*name, &why)) complain(why);
}

void PresetGallery::askToDelete() {
    const PresetEntry* entry = chosen();
    if (!entry || entry->file.isEmpty()) return;
    const QString name = entry->name;
    const QString file = entry->file;
    if (QMessageBox::question(this, tr("Delete the preset?"),
                              tr("Move your preset %1 to the trash? Runs made with it stay as they are.").arg(name)) !=
        QMessageBox::Yes)
        return;
    const int row = m_list->currentIndex().row();
    if (!QFile::moveToTrash(file) && !moveAside(file.toStdString()))
        return complain(tr("%1: cannot be moved to the trash.").arg(file));
    load({});
    m_list->setCurrentIndex(m_shown->index(std::min(row, m_shown->rowCount() - 1), 0));
    Q_EMIT presetRenamed(name, {});
}

}  // namespace resonate::app
