package io.catwalk.system.monitoring.picture;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.List;

import io.catwalk.system.monitoring.Panel;

/** The last value of each line, large, in the colour of the threshold that it reaches. */
final class FiguresBody implements PanelBody {
    private static final int LARGEST = 30;
    private static final int SMALLEST = 14;
    private static final Font NAME = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    @Override
    public void paint(Graphics2D graphics, Panel panel, List<Line> lines, Rectangle area) {
        List<Line> shown =
                lines.stream().filter(line -> line.last().isPresent()).toList();
        boolean named = panel.json().path("options").path("textMode").asText().equals("value_and_name");
        Units units = Units.of(panel.defaults());
        for (int at = 0; at < shown.size(); at++) {
            double value = shown.get(at).last().getAsDouble();
            int width = area.width / shown.size();
            int center = area.x + width * at + width / 2;
            int baseline = area.y + area.height / 2 + (named ? 4 : 10);
            graphics.setColor(Palette.ofThreshold(panel, value));
            graphics.setFont(fitting(graphics, units.text(value), width - 8));
            centered(graphics, units.text(value), center, baseline);
            if (named) {
                graphics.setColor(Palette.PALE_INK);
                graphics.setFont(NAME);
                centered(graphics, shown.get(at).name().replace("catwalk-", ""), center, baseline + 22);
            }
        }
    }

    private static Font fitting(Graphics2D graphics, String text, int width) {
        for (int size = LARGEST; size > SMALLEST; size--) {
            Font font = new Font(Font.SANS_SERIF, Font.BOLD, size);
            if (graphics.getFontMetrics(font).stringWidth(text) <= width) {
                return font;
            }
        }
        return new Font(Font.SANS_SERIF, Font.BOLD, SMALLEST);
    }

    private static void centered(Graphics2D graphics, String text, int center, int baseline) {
        graphics.drawString(text, center - graphics.getFontMetrics().stringWidth(text) / 2, baseline);
    }
}
