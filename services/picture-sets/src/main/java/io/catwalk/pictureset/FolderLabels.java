package io.catwalk.pictureset;

import java.util.List;
import java.util.Optional;

import io.catwalk.dataset.BadDatasetException;

/**
 * Labels by folders: {@code class/file}, or {@code train/class/file} with {@code validation} and {@code test} beside {@code train}, and either
 * within one folder that has all of them. The first file decides which of these it is.
 */
public final class FolderLabels implements Labels {
    private static final String RULE =
            "must lie in a folder of its class, or of train, validation or test and in it of its class, within at"
                    + " most one folder for all";

    private Optional<Layout> layout = Optional.empty();

    @Override
    public Optional<Label> of(EntryPath path) {
        List<String> folders = path.segments().subList(0, path.segments().size() - 1);
        if (folders.isEmpty()) {
            throw new BadDatasetException("it lies in no folder, " + RULE);
        }
        Layout own = Layout.of(folders);
        if (layout.isEmpty()) {
            layout = Optional.of(own);
        }
        if (!own.equals(layout.get())) {
            throw new BadDatasetException("it lies " + own + ", but the first file " + layout.get() + ": all " + RULE);
        }
        String name = folders.getLast();
        return Optional.of(
                new Label(name, own.isSplit() ? Split.named(folders.get(folders.size() - 2)) : Optional.empty()));
    }

    /**
     * What lies above the folders of the classes.
     *
     * @param root the folder that has all others; empty for none
     */
    private record Layout(String root, boolean isSplit) {
        static Layout of(List<String> folders) {
            int above = folders.size() - 1;
            if (Split.named(folders.getLast()).isPresent()) {
                throw new BadDatasetException(
                        "it lies in " + folders.getLast() + " but in no folder of its class, " + RULE);
            }
            boolean isSplit = above > 0 && Split.named(folders.get(above - 1)).isPresent();
            List<String> roots = folders.subList(0, isSplit ? above - 1 : above);
            if (roots.size() > 1) {
                throw new BadDatasetException("it lies " + folders.size() + " folders deep, " + RULE);
            }
            return new Layout(String.join("/", roots), isSplit);
        }

        @Override
        public String toString() {
            return (root.isEmpty() ? "at the top" : "in " + root) + (isSplit ? ", with a split" : ", without a split");
        }
    }
}
