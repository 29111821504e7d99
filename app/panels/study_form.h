// app/panels/study_form.h: a study as a form: presets, what all runs share, axes, how many at once.
#pragma once

#include <QWidget>

#include "resonate/study_config.h"

class QLineEdit;
class QListWidget;
class QSpinBox;

namespace resonate::app {

class FieldValuesBox;

class StudyForm : public QWidget {
    Q_OBJECT

 public:
    explicit StudyForm(QWidget* parent = nullptr);

    void setStudy(const StudyConfig& study);
    /// As the form says it, right or wrong. Throws ConfigError where values cannot be read.
    StudyConfig study() const;

    QLineEdit* nameEdit() const { return m_name; }
    QListWidget* presets() const { return m_presets; }
    FieldValuesBox* settings() const { return m_settings; }
    FieldValuesBox* axes() const { return m_axes; }
    QSpinBox* jobs() const { return m_jobs; }
    QSpinBox* threads() const { return m_threads; }

 Q_SIGNALS:
    void edited();

 private:
    QLineEdit* m_name;
    QLineEdit* m_title;
    QLineEdit* m_description;
    QListWidget* m_presets;
    FieldValuesBox* m_settings;
    FieldValuesBox* m_axes;
    QSpinBox* m_jobs;
    QSpinBox* m_threads;
    std::vector<std::string> m_order;  ///< presets as the study had them
};

}  // namespace resonate::app
