package io.catwalk.system.monitoring.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.catwalk.system.monitoring.Panel;
import io.catwalk.system.monitoring.Series.Sample;

/** A histogram over time: a row for each bucket, the darker the more observations fell into it. */
final class HeatBody implements PanelBody {
    private static final int LEFT = 56;
    private static final int BOTTOM = 20;
    private static final int TIMES = 6;
    private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final Color DARK = new Color(0x0b3c7d);

    private final Instant from;
    private final Instant to;

    HeatBody(Instant from, Instant to) {
        this.from = from;
        this.to = to;
    }

    @Override
    public void paint(Graphics2D graphics, Panel panel, List<Line> lines, Rectangle area) {
        List<Line> buckets = lines.stream()
                .filter(line -> !line.name().equals("+Inf"))
                .sorted(Comparator.comparingDouble(line -> Double.parseDouble(line.name())))
                .toList();
        Rectangle plot = new Rectangle(area.x + LEFT, area.y, area.width - LEFT - 10, area.height - BOTTOM);
        double most = buckets.stream()
                .flatMap(line -> line.series().samples().stream())
                .mapToDouble(Sample::value)
                .max()
                .orElse(1);
        Map<Double, Double> below = new HashMap<>();
        for (int row = 0; row < buckets.size(); row++) {
            int top = plot.y + plot.height - (row + 1) * plot.height / buckets.size();
            int height = plot.y + plot.height - row * plot.height / buckets.size() - top;
            graphics.setFont(SMALL);
            graphics.setColor(Palette.PALE_INK);
            String edge = Units.of(panel.defaults())
                    .text(Double.parseDouble(buckets.get(row).name()));
            graphics.drawString(edge, area.x + 2, top + height / 2 + 4);
            for (Sample sample : buckets.get(row).series().samples()) {
                double inside = sample.value() - below.getOrDefault(sample.time(), 0.0);
                below.put(sample.time(), sample.value());
                cell(graphics, plot, sample.time(), top, height, inside / most);
            }
        }
        times(graphics, plot);
    }

    private void cell(Graphics2D graphics, Rectangle plot, double time, int top, int height, double share) {
        if (share > 0) {
            int alpha = (int) Math.min(255, 30 + 225 * Math.sqrt(share));
            graphics.setColor(new Color(DARK.getRed(), DARK.getGreen(), DARK.getBlue(), alpha));
            int left = x(plot, time);
            double step = (to.toEpochMilli() - from.toEpochMilli()) / 1e3 / DashboardPainter.STEPS;
            graphics.fillRect(left, top + 1, x(plot, time + step) - left, height - 1);
        }
    }

    private int x(Rectangle plot, double time) {
        double begin = from.toEpochMilli() / 1e3;
        double end = to.toEpochMilli() / 1e3;
        return plot.x + (int) Math.round((time - begin) / (end - begin) * plot.width);
    }

    private void times(Graphics2D graphics, Rectangle plot) {
        graphics.setColor(Palette.PALE_INK);
        for (int at = 0; at < TIMES; at++) {
            double time = from.getEpochSecond() + (double) (to.getEpochSecond() - from.getEpochSecond()) * at / TIMES;
            graphics.drawString(
                    TIME.format(Instant.ofEpochSecond((long) time)), x(plot, time), plot.y + plot.height + 15);
        }
    }
}
