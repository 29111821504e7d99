// app/models/refresh_pace.h: how often live views may draw, so that watching costs a training next to nothing.
#pragma once

namespace resonate::app {

/// Measures what the calling thread, the UI thread, spends on a core since a refresh began. The next one is due when
/// that is a small enough share of the time passed: quick pictures come often, slow ones seldom.
class RefreshPace {
 public:
    /// Of one core, where the kernels use all. Their threads wait for the slowest of them: what the window takes, the
    /// training loses.
    static constexpr double share = 0.015;
    /// The same where a core is left for the window.
    static constexpr double ampleShare = 0.25;
    /// Seconds after which twice that share will do, and after which a refresh is due whatever it costs.
    static constexpr double longWait = 1;
    static constexpr double longestWait = 2;

    RefreshPace() { begin(); }

    void setCoreToSpare(bool spare) { m_share = spare ? ampleShare : share; }
    bool due() const;
    /// A refresh begins now.
    void begin();

 private:
    double m_share = share;
    double m_wall = 0;  ///< s, when the last one began
    double m_spent = 0;
};

}  // namespace resonate::app
