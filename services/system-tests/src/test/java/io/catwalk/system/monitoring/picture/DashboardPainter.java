package io.catwalk.system.monitoring.picture;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.catwalk.system.monitoring.Dashboard;
import io.catwalk.system.monitoring.Panel;
import io.catwalk.system.monitoring.Panel.Place;
import io.catwalk.system.monitoring.Panel.Query;
import io.catwalk.system.monitoring.Prometheus;

/** Draws a dashboard at one time, with all variables set to all. */
public final class DashboardPainter {
    private static final int COLUMN = 66;
    private static final int ROW = 34;
    private static final int GAP = 8;
    private static final int HEAD = 44;
    private static final int TITLE = 26;
    private static final int COLUMNS = 24;
    static final int STEPS = 300;
    private static final String RATE_INTERVAL = "30s";

    private static final Font HEAD_FONT = new Font(Font.SANS_SERIF, Font.BOLD, 18);
    private static final Font ROW_FONT = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    private static final Font TITLE_FONT = new Font(Font.SANS_SERIF, Font.BOLD, 13);

    static {
        System.setProperty("java.awt.headless", "true");
    }

    private final Prometheus prometheus;
    private final Instant from;
    private final Instant to;

    /** @param from the beginning of the time shown, to its end at {@code to} */
    public DashboardPainter(Prometheus prometheus, Instant from, Instant to) {
        this.prometheus = prometheus;
        this.from = from;
        this.to = to;
    }

    /** The whole dashboard, scrolled out. */
    public BufferedImage paint(Dashboard dashboard) {
        int rows = dashboard.panels().stream()
                .mapToInt(panel -> panel.place().y() + panel.place().height())
                .max()
                .orElseThrow();
        BufferedImage picture =
                new BufferedImage(COLUMNS * COLUMN + GAP, HEAD + rows * ROW + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Palette.PAGE);
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        text(graphics, HEAD_FONT, dashboard.title(), GAP, 29);
        List<Instant> marks = dashboard.annotations().stream()
                .flatMap(annotation -> begins(annotation).stream())
                .toList();
        dashboard.panels().forEach(panel -> paint(graphics, panel, marks));
        graphics.dispose();
        return picture;
    }

    /** When a query began to give numbers, each time. */
    private List<Instant> begins(Query annotation) {
        List<Instant> begins = new ArrayList<>();
        Duration step = Duration.between(from, to).dividedBy(STEPS);
        for (var series : prometheus.query(annotation.expression("", RATE_INTERVAL), from, to, step)) {
            double before = Double.NEGATIVE_INFINITY;
            for (var sample : series.samples()) {
                if (sample.time() - before > 1.5 * step.toMillis() / 1e3) {
                    begins.add(Instant.ofEpochMilli(Math.round(sample.time() * 1e3)));
                }
                before = sample.time();
            }
        }
        return begins;
    }

    private void paint(Graphics2D graphics, Panel panel, List<Instant> marks) {
        Rectangle area = area(panel.place());
        if (panel.type().equals("row")) {
            text(graphics, ROW_FONT, panel.title(), area.x, area.y + 20);
            return;
        }
        graphics.setColor(Palette.PANEL);
        graphics.fill(area);
        graphics.setColor(Palette.EDGE);
        graphics.setStroke(new BasicStroke(1));
        graphics.draw(area);
        text(graphics, TITLE_FONT, panel.title(), area.x + GAP, area.y + 18);
        Rectangle inner =
                new Rectangle(area.x + GAP / 2, area.y + TITLE, area.width - GAP, area.height - TITLE - GAP / 2);
        List<Line> lines = lines(panel);
        if (lines.stream().allMatch(line -> line.last().isEmpty())) {
            text(graphics, TITLE_FONT, "No data", (int) inner.getCenterX() - 24, (int) inner.getCenterY());
        } else {
            body(panel, marks).paint(graphics, panel, lines, inner);
        }
    }

    private PanelBody body(Panel panel, List<Instant> marks) {
        return switch (panel.type()) {
            case "timeseries" -> new CurvesBody(from, to, marks);
            case "stat" -> new FiguresBody();
            case "table" -> new TableBody();
            case "heatmap" -> new HeatBody(from, to);
            default -> throw new IllegalArgumentException("no such panel here: " + panel.type());
        };
    }

    private List<Line> lines(Panel panel) {
        List<Line> lines = new ArrayList<>();
        for (int number = 0; number < panel.queries().size(); number++) {
            Query query = panel.queries().get(number);
            Duration span = Duration.between(from, to);
            String expression = query.expression(span.toSeconds() + "s", RATE_INTERVAL);
            Instant start = query.instant() ? to : from;
            for (var series : prometheus.query(expression, start, to, span.dividedBy(STEPS))) {
                lines.add(Line.of(number, query, series));
            }
        }
        return lines;
    }

    private static Rectangle area(Place place) {
        return new Rectangle(
                GAP + place.x() * COLUMN,
                HEAD + place.y() * ROW,
                place.width() * COLUMN - GAP,
                place.height() * ROW - GAP);
    }

    private static void text(Graphics2D graphics, Font font, String text, int x, int y) {
        graphics.setFont(font);
        graphics.setColor(Palette.INK);
        graphics.drawString(text, x, y);
    }
}
