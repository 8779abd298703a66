package io.catwalk.evaluation.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import io.catwalk.evaluation.comparison.ComparedRun;
import io.catwalk.evaluation.report.CurvePoint;
import io.catwalk.evaluation.report.Split;

/** Draws one figure of several runs' curves over each other: a colour for each run, training beside validation. */
final class OverlayPlot {
    private static final int WIDTH = 520;
    private static final int LEFT = 44;
    private static final int RIGHT = 508;
    private static final int PLOT_HEIGHT = 222;
    private static final int BELOW_PLOT = 42;
    private static final int LEGEND_WIDTH = 156;
    private static final int LEGEND_COLUMNS = 3;
    private static final int LEGEND_ROW = 20;
    private static final int LEGEND_TOP = 16;
    private static final String CAPTION =
            "Solid: validation, with its last value above and its best epoch in a circle. Dashed: training.";

    private final List<ComparedRun> runs;
    private final Figure figure;
    private final LineChart.Frame frame;
    private final Axis epochs;
    private final Axis values;

    /** @param runs with at least one epoch */
    OverlayPlot(List<ComparedRun> runs, Figure figure) {
        this.runs = runs;
        this.figure = figure;
        int top = LEGEND_TOP + LEGEND_ROW * ((runs.size() + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS);
        int bottom = top + PLOT_HEIGHT;
        this.frame = new LineChart.Frame(WIDTH, bottom + BELOW_PLOT, LEFT, RIGHT, top, bottom);
        List<CurvePoint> shown = Stream.of(Split.TRAIN, Split.VALIDATION)
                .flatMap(split -> runs.stream().flatMap(run -> points(run, split).stream()))
                .toList();
        int last = shown.stream().mapToInt(CurvePoint::epoch).max().orElseThrow();
        this.epochs = Axis.counting(last, LEFT, RIGHT);
        this.values = Axis.rounded(figure.axisStart(shown), figure.axisEnd(shown), bottom, top);
    }

    LineChart draw() {
        return new LineChart(
                frame,
                figure.id(),
                figure.title() + " by epoch",
                CAPTION,
                epochs.ticks(),
                values.ticks(),
                lines(),
                runs.stream()
                        .flatMap(run -> figure.best(points(run, Split.VALIDATION)).stream())
                        .map(this::dot)
                        .toList());
    }

    private static List<CurvePoint> points(ComparedRun run, Split split) {
        return run.report().curve().stream()
                .filter(point -> point.split() == split)
                .toList();
    }

    private List<LineChart.Line> lines() {
        List<LineChart.Line> lines = new ArrayList<>();
        for (int place = 0; place < runs.size(); place++) {
            ComparedRun run = runs.get(place);
            Optional<LineChart.Dot> legend = Optional.of(new LineChart.Dot(
                    Integer.toString(LEFT + place % LEGEND_COLUMNS * LEGEND_WIDTH),
                    Integer.toString(LEGEND_TOP + place / LEGEND_COLUMNS * LEGEND_ROW)));
            line(run, Split.TRAIN, " dashed", run.key() + " training", Optional.empty())
                    .ifPresent(lines::add);
            line(run, Split.VALIDATION, "", run.key(), legend).ifPresent(lines::add);
        }
        return List.copyOf(lines);
    }

    private Optional<LineChart.Line> line(
            ComparedRun run, Split split, String style, String name, Optional<LineChart.Dot> legend) {
        List<CurvePoint> points = points(run, split);
        return points.isEmpty()
                ? Optional.empty()
                : Optional.of(LineChart.Line.through(
                        kind(run) + style,
                        name,
                        legend,
                        figure.text(points.getLast()),
                        points.stream().map(this::dot).toList()));
    }

    /** The CSS class of a run's colour. */
    static String kind(ComparedRun run) {
        return "run-" + run.key().toLowerCase(Locale.ROOT);
    }

    private LineChart.Dot dot(CurvePoint point) {
        return new LineChart.Dot(epochs.position(point.epoch()), values.position(figure.of(point)));
    }
}
