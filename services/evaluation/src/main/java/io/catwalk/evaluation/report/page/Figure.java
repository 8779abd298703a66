package io.catwalk.evaluation.report.page;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.catwalk.evaluation.report.CurvePoint;

/** What a chart shows by epoch. */
enum Figure {
    LOSS("Loss", "Lowest") {
        @Override
        double of(CurvePoint point) {
            return point.loss();
        }

        @Override
        Comparator<CurvePoint> worstFirst() {
            return Comparator.comparingDouble(CurvePoint::loss).reversed();
        }

        @Override
        double axisStart(List<CurvePoint> curve) {
            return 0;
        }
    },
    ACCURACY("Accuracy", "Highest") {
        @Override
        double of(CurvePoint point) {
            return point.accuracy();
        }

        @Override
        Comparator<CurvePoint> worstFirst() {
            return Comparator.comparingDouble(CurvePoint::accuracy);
        }

        @Override
        double axisStart(List<CurvePoint> curve) {
            return curve.stream().mapToDouble(this::of).min().orElseThrow();
        }
    };

    private final String title;
    private final String extreme;

    Figure(String title, String extreme) {
        this.title = title;
        this.extreme = extreme;
    }

    abstract double of(CurvePoint point);

    abstract Comparator<CurvePoint> worstFirst();

    /** The least value that the axis must reach down to. */
    abstract double axisStart(List<CurvePoint> curve);

    double axisEnd(List<CurvePoint> curve) {
        return curve.stream().mapToDouble(this::of).max().orElseThrow();
    }

    /** The best point; of equal ones the earliest. */
    Optional<CurvePoint> best(List<CurvePoint> points) {
        return points.stream().max(worstFirst().thenComparing(CurvePoint::epoch, Comparator.reverseOrder()));
    }

    String title() {
        return title;
    }

    /** What the best value is called. */
    String extreme() {
        return extreme;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    String text(CurvePoint point) {
        return PageContent.fourDecimals(of(point));
    }
}
