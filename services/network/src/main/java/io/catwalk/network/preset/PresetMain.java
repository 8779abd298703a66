package io.catwalk.network.preset;

import io.catwalk.network.NetworkSummary;
import io.catwalk.network.layer.ImageShape;

/** Prints a preset's layers: {@code [preset [image [classes]]]}, by default tutorial-cnn on 28x28x1 with 10 classes. */
public final class PresetMain {
    private static final int USAGE = 2;

    private PresetMain() {}

    public static void main(String[] words) {
        try {
            System.out.print(table(
                    words.length > 0 ? words[0] : "tutorial-cnn",
                    words.length > 1 ? words[1] : "28x28x1",
                    words.length > 2 ? words[2] : "10"));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(USAGE);
        }
    }

    static String table(String name, String image, String classes) {
        Preset preset = Presets.named(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "network is %s, must be one of %s".formatted(name, String.join(", ", Presets.names()))));
        return NetworkSummary.of(preset.network(ImageShape.parse(image), number(classes)))
                .render();
    }

    private static int number(String classes) {
        try {
            return Integer.parseInt(classes);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("classes is %s, must be a whole number".formatted(classes), e);
        }
    }
}
