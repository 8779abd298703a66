package io.catwalk.evaluation.report.page;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A figure by epoch, one line for each split of each run.
 *
 * @param id unique in the page
 * @param caption what the lines and circles are; empty where there is nothing to say
 * @param best the validation lines' best points
 */
record LineChart(
        Frame frame,
        String id,
        String title,
        String caption,
        List<Axis.Tick> epochs,
        List<Axis.Tick> values,
        List<Line> lines,
        List<Dot> best) {
    /** Dots are drawn up to so many epochs; beyond they would hide the line. */
    private static final int MOST_DOTS = 30;

    /** The picture's size and in it the plot's edges, in units that the page scales. */
    record Frame(int width, int height, int left, int right, int top, int bottom) {}

    /**
     * One line.
     *
     * @param kind its CSS classes
     * @param legend where its place in the legend begins; a line without one is another's companion
     * @param last its value after the last epoch
     * @param points as SVG's polyline takes them
     */
    record Line(String kind, String name, Optional<Dot> legend, String last, String points, List<Dot> dots) {
        static Line through(String kind, String name, Optional<Dot> legend, String last, List<Dot> dots) {
            return new Line(
                    kind,
                    name,
                    legend,
                    last,
                    dots.stream().map(dot -> dot.x() + "," + dot.y()).collect(Collectors.joining(" ")),
                    dots.size() <= MOST_DOTS ? dots : List.of());
        }
    }

    record Dot(String x, String y) {}
}
