package io.catwalk.dataset;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Lays out and draws a {@link SampleSheet}: names to the left, where the machine has a font, samples to the right, on white. */
final class SampleSheetPainter {
    static {
        // Before AWT's classes look: a DISPLAY that leads nowhere would fail every drawing, and none is needed.
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }

    private static final int MARGIN = 16;
    private static final int GAP = 6;
    private static final int LABEL_GAP = 14;
    private static final int MIN_ROW_HEIGHT = 40;
    private static final int MAX_LABEL_WIDTH = 260;
    private static final String ELLIPSIS = "\u2026";

    private static final Color INK = new Color(0x1f2933);
    private static final Color PALE_INK = new Color(0x616e7c);
    private static final Font NAME_FONT = new Font(Font.SANS_SERIF, Font.BOLD, 15);
    private static final Font COUNT_FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    private final SampleSheet sheet;
    private final SampleTile tile;
    private final int rowHeight;
    private final List<String> counts;
    private final boolean legible;

    SampleSheetPainter(SampleSheet sheet) {
        this(sheet, hasFonts());
    }

    /** @param legible whether names and counts stand beside the samples */
    SampleSheetPainter(SampleSheet sheet, boolean legible) {
        this.sheet = sheet;
        this.tile = SampleTile.of(sheet.images().shape());
        this.rowHeight = Math.max(tile.height(), MIN_ROW_HEIGHT);
        int[] perClass = sheet.images().countPerClass(sheet.labelNames().size());
        this.counts = Arrays.stream(perClass)
                .mapToObj(count -> String.format(Locale.ROOT, count == 1 ? "%,d image" : "%,d images", count))
                .toList();
        this.legible = legible;
    }

    BufferedImage paint() {
        int labelWidth = legible ? labelWidth() : 0;
        int tilesLeft = legible ? MARGIN + labelWidth + LABEL_GAP : MARGIN;
        int rows = counts.size();
        BufferedImage picture = new BufferedImage(
                tilesLeft + sheet.samplesPerClass() * (tile.width() + GAP) - GAP + MARGIN,
                2 * MARGIN + rows * (rowHeight + GAP) - GAP,
                BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = open(picture);
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
            for (int label = 0; label < rows; label++) {
                int top = MARGIN + label * (rowHeight + GAP);
                if (legible) {
                    paintLabel(graphics, label, top, labelWidth);
                }
                paintSamples(graphics, label, top, tilesLeft);
            }
        } finally {
            graphics.dispose();
        }
        return picture;
    }

    private void paintLabel(Graphics2D graphics, int label, int top, int width) {
        int middle = top + rowHeight / 2;
        graphics.setFont(NAME_FONT);
        graphics.setColor(INK);
        graphics.drawString(shortened(graphics, sheet.labelNames().get(label), width), MARGIN, middle - 2);
        graphics.setFont(COUNT_FONT);
        graphics.setColor(PALE_INK);
        graphics.drawString(counts.get(label), MARGIN, middle + 15);
    }

    private void paintSamples(Graphics2D graphics, int label, int top, int left) {
        int x = left;
        int y = top + (rowHeight - tile.height()) / 2;
        for (int image : sheet.samples(label)) {
            BufferedImage sample = SampleTile.picture(sheet.images(), image);
            graphics.drawImage(sample, x, y, tile.width(), tile.height(), null);
            x += tile.width() + GAP;
        }
    }

    private int labelWidth() {
        Graphics2D graphics = open(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
        try {
            int widest =
                    Math.max(widest(graphics, NAME_FONT, sheet.labelNames()), widest(graphics, COUNT_FONT, counts));
            return Math.min(widest, MAX_LABEL_WIDTH);
        } finally {
            graphics.dispose();
        }
    }

    private static int widest(Graphics2D graphics, Font font, List<String> texts) {
        FontMetrics metrics = graphics.getFontMetrics(font);
        return texts.stream().mapToInt(metrics::stringWidth).max().orElse(0);
    }

    /** AWT has no type of its own for a machine without fonts. */
    private static boolean hasFonts() {
        Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        try {
            return graphics.getFontMetrics(NAME_FONT).stringWidth("0") > 0;
        } catch (Error | RuntimeException e) {
            return false;
        } finally {
            graphics.dispose();
        }
    }

    private static String shortened(Graphics2D graphics, String text, int width) {
        if (graphics.getFontMetrics().stringWidth(text) <= width) {
            return text;
        }
        int length = text.length();
        while (length > 0 && graphics.getFontMetrics().stringWidth(text.substring(0, length) + ELLIPSIS) > width) {
            length = text.offsetByCodePoints(length, -1);
        }
        return text.substring(0, length) + ELLIPSIS;
    }

    private Graphics2D open(BufferedImage picture) {
        Graphics2D graphics = picture.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        boolean shrinks = tile.width() < sheet.images().shape().width();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION,
                shrinks
                        ? RenderingHints.VALUE_INTERPOLATION_BILINEAR
                        : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        return graphics;
    }
}
