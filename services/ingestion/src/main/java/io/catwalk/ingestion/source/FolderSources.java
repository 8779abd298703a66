package io.catwalk.ingestion.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.catwalk.dataset.IdxSource;

/**
 * Folders of this machine's file systems, below the configured roots only. Links are followed first and what they lead to
 * is checked, so that none leads out.
 */
public final class FolderSources {
    private final List<Path> roots;

    /** @param roots a root that doesn't exist (yet) allows nothing */
    public FolderSources(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    DatasetFolder open(String path) throws IOException {
        Path folder = real(path).filter(Files::isDirectory).orElseThrow(() -> refused(path));
        List<Path> realRoots = realRoots();
        if (realRoots.stream().noneMatch(folder::startsWith)) {
            throw refused(path);
        }
        return new LocalFolder(folder, path, realRoots);
    }

    /** The same answer for what isn't there and what isn't allowed: nobody learns by it what lies elsewhere. */
    private SourceRefusedException refused(String path) {
        return new SourceRefusedException("source.folder is \"" + path
                + "\", must be an existing folder that this service may read, at or below one of " + roots);
    }

    private List<Path> realRoots() throws IOException {
        List<Path> real = new ArrayList<>();
        for (Path root : roots) {
            real(root.toString()).ifPresent(real::add);
        }
        return real;
    }

    private static Optional<Path> real(String path) throws IOException {
        try {
            Path given = Path.of(path);
            return given.isAbsolute() ? Optional.of(given.toRealPath()) : Optional.empty();
        } catch (InvalidPathException | NoSuchFileException | NotDirectoryException | AccessDeniedException e) {
            return Optional.empty();
        }
    }

    private record LocalFolder(Path folder, String shown, List<Path> realRoots) implements DatasetFolder {
        @Override
        public Optional<IdxSource> find(String fileName) throws IOException {
            Optional<Path> found = real(folder.resolve(fileName).toString());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Path file = found.get();
            if (realRoots.stream().noneMatch(file::startsWith)) {
                throw new SourceRefusedException(
                        fileName + " in " + shown + " is a link that leads out of " + realRoots);
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !Files.isReadable(file)) {
                throw new SourceRefusedException(
                        fileName + " in " + shown + " must be a file that this service may read");
            }
            return Optional.of(new IdxSource(fileName, () -> Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)));
        }
    }
}
