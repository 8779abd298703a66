package io.catwalk.system.monitoring.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.system.monitoring.Panel;
import io.catwalk.system.monitoring.Series.Sample;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.DateAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.AbstractXYItemRenderer;
import org.jfree.chart.renderer.xy.StackedXYAreaRenderer2;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.renderer.xy.XYStepRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;
import org.jfree.data.time.FixedMillisecond;
import org.jfree.data.time.TimeTableXYDataset;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Lines over time, or areas on each other. */
final class CurvesBody implements PanelBody {
    private static final int MOST_IN_LEGEND = 9;
    private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    private static final BasicStroke STROKE = new BasicStroke(1.8f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final BasicStroke DASHES =
            new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {6, 4}, 0);

    private final Instant from;
    private final Instant to;
    private final List<Instant> marks;

    /** @param marks get a line each */
    CurvesBody(Instant from, Instant to, List<Instant> marks) {
        this.from = from;
        this.to = to;
        this.marks = List.copyOf(marks);
    }

    @Override
    public void paint(Graphics2D graphics, Panel panel, List<Line> lines, Rectangle area) {
        List<Line> shown = lines.stream()
                .filter(line -> line.last().isPresent())
                .sorted(Comparator.comparingInt(Line::query).thenComparing(Line::name))
                .toList();
        JsonNode custom = panel.defaults().path("custom");
        boolean stacked = custom.path("stacking").path("mode").asText().equals("normal");
        XYPlot plot = new XYPlot(
                stacked ? stackable(shown) : separate(shown),
                timeAxis(),
                valueAxis(panel),
                colored(panel, shown, renderer(stacked, custom)));
        plot.setBackgroundPaint(Palette.PANEL);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinePaint(Palette.GRID);
        plot.setRangeGridlinePaint(Palette.GRID);
        plot.setRangeGridlineStroke(new BasicStroke(1));
        plot.setDomainGridlineStroke(new BasicStroke(1));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.getRangeAxis().setRange(range(panel, plot.getRangeAxis().getRange()));
        markThreshold(panel, plot);
        marks.forEach(mark -> plot.addDomainMarker(new ValueMarker(mark.toEpochMilli(), Palette.MARK, DASHES)));
        plot.setFixedLegendItems(legend(plot));
        JFreeChart chart = new JFreeChart(null, SMALL, plot, true);
        chart.setBackgroundPaint(Palette.PANEL);
        chart.setPadding(new RectangleInsets(2, 2, 2, 10));
        chart.getLegend().setFrame(BlockBorder.NONE);
        chart.getLegend().setItemFont(SMALL);
        chart.getLegend().setItemPaint(Palette.INK);
        chart.draw(graphics, area);
    }

    private static AbstractXYItemRenderer renderer(boolean stacked, JsonNode custom) {
        if (stacked) {
            StackedXYAreaRenderer2 areas = new StackedXYAreaRenderer2();
            areas.setLegendArea(new Rectangle(-4, -4, 8, 8));
            return areas;
        }
        return custom.path("lineInterpolation").asText().equals("stepAfter")
                ? new XYStepRenderer()
                : new XYLineAndShapeRenderer(true, false);
    }

    private static AbstractXYItemRenderer colored(Panel panel, List<Line> lines, AbstractXYItemRenderer renderer) {
        for (int at = 0; at < lines.size(); at++) {
            Color color = Palette.of(panel, lines.get(at).name(), at);
            renderer.setSeriesPaint(at, color);
            renderer.setSeriesStroke(at, Palette.isDashed(panel, lines.get(at).name()) ? DASHES : STROKE);
        }
        return renderer;
    }

    private static XYDataset separate(List<Line> lines) {
        XYSeriesCollection all = new XYSeriesCollection();
        for (int at = 0; at < lines.size(); at++) {
            XYSeries series = new XYSeries(new Key(at, lines.get(at).name()));
            for (Sample sample : lines.get(at).series().samples()) {
                if (Double.isFinite(sample.value())) {
                    series.add(sample.time() * 1e3, sample.value());
                }
            }
            all.addSeries(series);
        }
        return all;
    }

    private static XYDataset stackable(List<Line> lines) {
        TimeTableXYDataset all = new TimeTableXYDataset();
        for (int at = 0; at < lines.size(); at++) {
            Key key = new Key(at, lines.get(at).name());
            for (Sample sample : lines.get(at).series().samples()) {
                double value = Double.isFinite(sample.value()) ? sample.value() : 0;
                all.add(new FixedMillisecond(Math.round(sample.time() * 1e3)), value, key, false);
            }
        }
        return all;
    }

    private DateAxis timeAxis() {
        DateAxis axis = new DateAxis();
        axis.setRange(Date.from(from), Date.from(to));
        axis.setTickLabelFont(SMALL);
        axis.setTickLabelPaint(Palette.PALE_INK);
        axis.setAxisLineVisible(false);
        return axis;
    }

    private static NumberAxis valueAxis(Panel panel) {
        NumberAxis axis = new NumberAxis();
        boolean fromZero = panel.defaults().has("min");
        axis.setAutoRangeIncludesZero(fromZero);
        axis.setAutoRangeStickyZero(fromZero);
        if (panel.defaults().path("unit").asText().equals("none")
                && panel.defaults().path("decimals").asInt(-1) == 0) {
            axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
            axis.setAutoRangeMinimumSize(1);
        }
        axis.setNumberFormatOverride(Units.named(panel.defaults().path("unit").asText()));
        axis.setTickLabelFont(SMALL);
        axis.setTickLabelPaint(Palette.PALE_INK);
        axis.setAxisLineVisible(false);
        return axis;
    }

    /** As the panel says, and never so narrow that rounding shows. */
    private static Range range(Panel panel, Range found) {
        double least = panel.defaults().path("unit").asText().equals("percentunit") ? 0.01 : 1e-4;
        double lower = panel.defaults().path("min").asDouble(found.getLowerBound());
        double upper = panel.defaults().path("max").asDouble(found.getUpperBound());
        return new Range(lower, Math.max(upper, lower + least));
    }

    private static void markThreshold(Panel panel, XYPlot plot) {
        if (panel.defaults().path("custom").has("thresholdsStyle")) {
            double threshold = panel.defaults()
                    .path("thresholds")
                    .path("steps")
                    .path(1)
                    .path("value")
                    .asDouble();
            plot.addRangeMarker(new ValueMarker(threshold, Palette.ALARM, DASHES));
        }
    }

    private static LegendItemCollection legend(XYPlot plot) {
        LegendItemCollection all = plot.getLegendItems();
        LegendItemCollection first = new LegendItemCollection();
        for (int at = 0; at < Math.min(all.getItemCount(), MOST_IN_LEGEND); at++) {
            first.add(all.get(at));
        }
        return first;
    }

    /** Two lines of one name are still two. */
    private record Key(int index, String name) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return Integer.compare(index, other.index);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
