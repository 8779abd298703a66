package io.catwalk.pictureset;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import io.catwalk.dataset.BadDatasetException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Labels by a CSV in UTF-8 with the columns {@code path} and {@code label}, and {@code split} where it has one, in any order; other columns are
 * ignored. Paths are those in the archive. A file that it doesn't list is no picture of the set. Source of the format: RFC 4180.
 *
 * <p>It takes the same small heap for each row, however long its path is.
 */
public final class ListedLabels implements Labels {
    private static final String MARK = "\uFEFF";
    /** More than there may be classes, times the splits. */
    private static final int MAX_LABELS = 1024;

    private final int maxRows;
    private final KeyTable rows = new KeyTable();
    private short[] labelsOfRows = new short[1024];
    private final List<Label> labels = new ArrayList<>();
    private final Map<Label, Integer> indexes = new HashMap<>();
    private final BitSet taken = new BitSet();

    private ListedLabels(int maxRows) {
        this.maxRows = maxRows;
    }

    /**
     * @param csv is closed
     * @param maxRows that it may have
     * @throws BadDatasetException for what isn't such a list, with its line
     * @throws IOException as the source throws it
     */
    public static ListedLabels read(InputStream csv, int maxRows) throws IOException {
        MeteredInput source = new MeteredInput(csv, 0);
        ListedLabels listed = new ListedLabels(maxRows);
        RecordReader records = new RecordReader(new InputStreamReader(source, StandardCharsets.UTF_8.newDecoder()));
        try (CSVParser parser = CSVParser.builder()
                .setReader(records)
                .setFormat(CSVFormat.RFC4180)
                .get()) {
            Optional<Columns> columns = Optional.empty();
            for (CSVRecord row : parser) {
                records.begin(parser.getCurrentLineNumber() + 1);
                if (columns.isPresent()) {
                    listed.add(columns.get(), row, parser.getCurrentLineNumber());
                } else {
                    columns = Optional.of(Columns.of(row));
                }
            }
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            if (source.failure().isPresent()) {
                throw source.failure().get();
            }
            throw new BadDatasetException(
                    e instanceof CharacterCodingException || e.getCause() instanceof CharacterCodingException
                            ? "the list of labels isn't UTF-8"
                            : "the list of labels isn't a CSV: " + EntryPath.shown(String.valueOf(e.getMessage())));
        }
        if (listed.rows.size() == 0) {
            throw new BadDatasetException("the list of labels has no rows");
        }
        return listed;
    }

    private void add(Columns columns, CSVRecord row, long line) {
        if (rows.size() >= maxRows) {
            throw new BadDatasetException("the list of labels has more than " + maxRows + " rows");
        }
        try {
            EntryPath path = EntryPath.parse(columns.value(row, columns.path));
            int number = rows.size();
            if (number == labelsOfRows.length) {
                labelsOfRows = Arrays.copyOf(labelsOfRows, number * 2);
            }
            labelsOfRows[number] = (short) index(columns.label(row));
            if (rows.putIfAbsent(Key.of(path.toString()), number).isPresent()) {
                throw new BadDatasetException("path " + EntryPath.shown(path.toString()) + " has a row already");
            }
        } catch (BadDatasetException e) {
            throw new BadDatasetException("the list of labels, line " + line + ": " + e.getMessage());
        }
    }

    private int index(Label label) {
        Integer known = indexes.get(label);
        if (known != null) {
            return known;
        }
        if (labels.size() >= MAX_LABELS) {
            throw new BadDatasetException("more than " + MAX_LABELS + " different labels");
        }
        labels.add(label);
        indexes.put(label, labels.size() - 1);
        return labels.size() - 1;
    }

    @Override
    public Optional<Label> of(EntryPath path) {
        OptionalInt row = rows.find(Key.of(path.toString()));
        if (row.isEmpty()) {
            return Optional.empty();
        }
        taken.set(row.getAsInt());
        return Optional.of(labels.get(labelsOfRows[row.getAsInt()]));
    }

    @Override
    public void requireAll() {
        if (taken.cardinality() < rows.size()) {
            throw new BadDatasetException("the list of labels has " + rows.size() + " paths, of which the archive has "
                    + taken.cardinality());
        }
    }

    /** Where the columns are; -1 for no split. */
    private record Columns(int path, int label, int split) {
        static Columns of(CSVRecord header) {
            List<String> names = header.stream()
                    .map(name -> name.replace(MARK, "").strip().toLowerCase(Locale.ROOT))
                    .toList();
            Columns columns = new Columns(names.indexOf("path"), names.indexOf("label"), names.indexOf("split"));
            if (columns.path < 0 || columns.label < 0) {
                throw new BadDatasetException(
                        "the list of labels must begin with a row that names its columns, path and label among"
                                + " them, not with " + EntryPath.shown(String.join(",", names)));
            }
            return columns;
        }

        String value(CSVRecord row, int column) {
            if (column >= row.size()) {
                throw new BadDatasetException("it has " + row.size() + " columns, fewer than the first row");
            }
            return row.get(column);
        }

        Label label(CSVRecord row) {
            String name =
                    Normalizer.normalize(value(row, label), Normalizer.Form.NFC).strip();
            if (name.isEmpty()) {
                throw new BadDatasetException("its label is blank");
            }
            String named = split < 0 ? "" : value(row, split).strip();
            Optional<Split> given = Split.named(named);
            if (given.isEmpty() && !named.isEmpty()) {
                throw new BadDatasetException(
                        "its split is " + EntryPath.shown(named) + ", must be train, validation or test");
            }
            return new Label(name, given);
        }
    }
}
