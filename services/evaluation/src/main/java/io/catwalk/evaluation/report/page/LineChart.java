package io.catwalk.evaluation.report.page;

import java.util.List;
import java.util.Optional;

/**
 * A figure by epoch, one line for each split.
 *
 * @param id unique in the page
 * @param caption where validation was best and where it ended, or empty without a validation line
 * @param best the validation line's best point
 */
record LineChart(
        Frame frame,
        String id,
        String title,
        String caption,
        List<Axis.Tick> epochs,
        List<Axis.Tick> values,
        List<Line> lines,
        Optional<Dot> best) {

    /** The picture's size and in it the plot's edges, in units that the page scales. */
    record Frame(int width, int height, int left, int right, int top, int bottom) {}

    /**
     * One split's line.
     *
     * @param legend where its place in the legend begins
     * @param last its value after the last epoch
     * @param points as SVG's polyline takes them
     */
    record Line(String split, int legend, String last, String points, List<Dot> dots) {}

    record Dot(String x, String y) {}
}
