package io.catwalk.ingestion.source;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.catwalk.dataset.IdxFiles;
import io.catwalk.dataset.IdxKind;
import io.catwalk.dataset.IdxSource;

/**
 * What a dataset's four files are called: MNIST's names, as {@code train-images-idx3-ubyte}, also with a dot before
 * {@code idx3}, with {@code idx4} for images with channels, and with {@code .gz}. The first that exists is used, plain
 * before compressed.
 */
final class DatasetFileNames {
    private static final IdxFiles<String> STEMS =
            new IdxFiles<>("train-images", "train-labels", "t10k-images", "t10k-labels");

    private DatasetFileNames() {}

    /** @throws SourceRefusedException when one isn't there under any name */
    static IdxFiles<IdxSource> locate(DatasetFolder folder) throws IOException {
        return STEMS.map((kind, stem) -> locate(folder, candidates(kind, stem)));
    }

    static List<String> candidates(IdxKind kind, String stem) {
        Stream<String> endings = switch (kind) {
            case IMAGES -> Stream.of("-idx3-ubyte", ".idx3-ubyte", "-idx4-ubyte", ".idx4-ubyte");
            case LABELS -> Stream.of("-idx1-ubyte", ".idx1-ubyte");
        };
        return endings.map(ending -> stem + ending)
                .flatMap(name -> Stream.of(name, name + ".gz"))
                .toList();
    }

    private static IdxSource locate(DatasetFolder folder, List<String> names) throws IOException {
        for (String name : names) {
            Optional<IdxSource> file = folder.find(name);
            if (file.isPresent()) {
                return file.get();
            }
        }
        throw new SourceRefusedException(
                folder.shown() + " holds no " + names.getFirst() + ", nor any of " + names.subList(1, names.size()));
    }
}
