package io.catwalk.local.dataset;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds Fashion-MNIST or fetches it, and checks its contents. */
public final class FashionMnistLocator {
    private static final URI OFFICIAL = URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/");

    private final Path own;
    private final List<DatasetSource> others;

    /**
     * @param own the user's folder, which must contain the right files if it exists
     * @param others tried in this order
     */
    FashionMnistLocator(Path own, List<DatasetSource> others) {
        this.own = own;
        this.others = List.copyOf(others);
    }

    /**
     * The project's order: its own folder {@code data/fashion}, the installed Debian package, what was fetched before, the
     * official download, Debian's package fetched without root.
     */
    public static FashionMnistLocator of(Path root) {
        Path downloaded = root.resolve(".cache/fashion-mnist");
        Path unpacked = root.resolve(".cache/dataset-fashion-mnist");
        return new FashionMnistLocator(
                root.resolve("data/fashion"),
                List.of(
                        new FolderSource(DebianPackageSource.contentIn(Path.of("/"))),
                        new FolderSource(downloaded),
                        new FolderSource(DebianPackageSource.contentIn(unpacked)),
                        new DownloadSource(OFFICIAL, downloaded),
                        new DebianPackageSource("apt-get", unpacked)));
    }

    /**
     * The folder with the four files.
     *
     * @throws DatasetMissingException when there is none; names what was tried and the ways to get it
     */
    public Path locate() {
        if (Files.isDirectory(own)) {
            return checkOwn();
        }
        List<String> reasons = new ArrayList<>(List.of(own + " isn't there"));
        for (DatasetSource source : others) {
            Optional<Path> found = tryOne(source, reasons);
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new DatasetMissingException("""
                Fashion-MNIST isn't here:
                  %s
                Either put its four files, gzipped or plain, into %s, or let root run
                  apt-get install dataset-fashion-mnist""".formatted(String.join("\n  ", reasons), own));
    }

    private Path checkOwn() {
        fault(own).ifPresent(fault -> {
            throw new DatasetMissingException(fault + ": put the right files there, or remove the folder");
        });
        return own;
    }

    private static Optional<Path> tryOne(DatasetSource source, List<String> reasons) {
        try {
            Path folder = source.folder();
            Optional<String> fault = fault(folder);
            fault.ifPresent(reasons::add);
            return fault.isPresent() ? Optional.empty() : Optional.of(folder);
        } catch (DatasetMissingException e) {
            reasons.add(e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<String> fault(Path folder) {
        return Stream.of(FashionMnistFile.values())
                .flatMap(file -> file.fault(folder).stream())
                .findFirst();
    }
}
