package io.catwalk.evaluation.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.catwalk.evaluation.report.CurvePoint;
import io.catwalk.evaluation.report.Split;

/** Draws one figure of a run's curve. */
final class CurvePlot {
    private static final LineChart.Frame FRAME = new LineChart.Frame(520, 300, 44, 508, 36, 258);
    private static final int LEGEND_WIDTH = 156;
    private static final String LEGEND_TOP = "16";

    private final List<CurvePoint> curve;
    private final Figure figure;
    private final Axis epochs;
    private final Axis values;

    /** @param curve by epoch, not empty */
    CurvePlot(List<CurvePoint> curve, Figure figure) {
        this.curve = curve;
        this.figure = figure;
        this.epochs = Axis.counting(curve.getLast().epoch(), FRAME.left(), FRAME.right());
        this.values = Axis.rounded(figure.axisStart(curve), figure.axisEnd(curve), FRAME.bottom(), FRAME.top());
    }

    LineChart draw() {
        List<CurvePoint> validation = points(Split.VALIDATION);
        Optional<CurvePoint> best = figure.best(validation);
        return new LineChart(
                FRAME,
                figure.id(),
                figure.title() + " by epoch",
                best.map(point -> caption(point, validation.getLast())).orElse(""),
                epochs.ticks(),
                values.ticks(),
                lines(),
                best.stream().map(this::dot).toList());
    }

    private List<CurvePoint> points(Split split) {
        return curve.stream().filter(point -> point.split() == split).toList();
    }

    private String caption(CurvePoint best, CurvePoint last) {
        return figure.extreme() + " validation " + figure.id() + ": " + figure.text(best) + " after epoch "
                + best.epoch() + ", the circle. After the last, " + last.epoch() + ": " + figure.text(last) + ".";
    }

    private List<LineChart.Line> lines() {
        List<LineChart.Line> lines = new ArrayList<>();
        for (Split split : Split.values()) {
            List<CurvePoint> points = points(split);
            if (!points.isEmpty()) {
                lines.add(line(split, FRAME.left() + lines.size() * LEGEND_WIDTH, points));
            }
        }
        return List.copyOf(lines);
    }

    private LineChart.Line line(Split split, int legend, List<CurvePoint> points) {
        String name = split.name().toLowerCase(Locale.ROOT);
        return LineChart.Line.through(
                name,
                name,
                Optional.of(new LineChart.Dot(Integer.toString(legend), LEGEND_TOP)),
                figure.text(points.getLast()),
                points.stream().map(this::dot).toList());
    }

    private LineChart.Dot dot(CurvePoint point) {
        return new LineChart.Dot(epochs.position(point.epoch()), values.position(figure.of(point)));
    }
}
