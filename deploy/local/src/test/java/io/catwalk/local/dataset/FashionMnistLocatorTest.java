package io.catwalk.local.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs the dataset itself: no other files have its digests. */
class FashionMnistLocatorTest {
    private static Path real;

    @TempDir
    Path folder;

    @BeforeAll
    static void findTheDataset() {
        real = FashionMnistLocator.of(Path.of("../..").toAbsolutePath().normalize())
                .locate();
    }

    @Test
    void theOwnFolderComesFirst() throws Exception {
        copy(real, folder.resolve("own"));
        assertThat(locator(new FolderSource(real)).locate()).isEqualTo(folder.resolve("own"));
    }

    @Test
    void anOwnFolderWithOtherFilesIsAnErrorAndNotPassedOver() throws Exception {
        Path own = Files.createDirectory(folder.resolve("own"));
        assertThatThrownBy(() -> locator(new FolderSource(real)).locate())
                .isInstanceOf(DatasetMissingException.class)
                .hasMessage(
                        own + " holds no train-images-idx3-ubyte.gz: put the right files there, or remove the folder");
        copy(real, own);
        Files.delete(own.resolve("t10k-labels-idx1-ubyte.gz"));
        Files.writeString(own.resolve("t10k-labels-idx1-ubyte"), "not labels");
        assertThatThrownBy(() -> locator(new FolderSource(real)).locate())
                .hasMessageStartingWith("t10k-labels-idx1-ubyte in " + own + " has content sha256 ")
                .hasMessageContaining("must be 0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");
    }

    @Test
    void sourcesAreTriedInOrderAndTheirContentsChecked() throws Exception {
        Path wrong = Files.createDirectory(folder.resolve("wrong"));
        Files.writeString(wrong.resolve("train-images-idx3-ubyte.gz"), "not gzip");
        Path missing = folder.resolve("missing");
        assertThat(locator(new FolderSource(missing), new FolderSource(wrong), new FolderSource(real))
                        .locate())
                .isEqualTo(real);
        assertThatThrownBy(() -> locator(new FolderSource(missing), new FolderSource(wrong))
                        .locate())
                .isInstanceOf(DatasetMissingException.class)
                .hasMessageContaining(missing + " isn't there")
                .hasMessageContaining("train-images-idx3-ubyte in " + wrong + " can't be read: Not in GZIP format")
                .hasMessageContaining("apt-get install dataset-fashion-mnist");
    }

    @Test
    void theDownloadIsKept() throws Exception {
        HttpServer server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), real.toAbsolutePath(), OutputLevel.NONE);
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        Path target = folder.resolve("downloaded");
        try {
            assertThat(locator(new DownloadSource(address, target)).locate()).isEqualTo(target);
        } finally {
            server.stop(0);
        }
        assertThat(locator(new FolderSource(target)).locate()).isEqualTo(target);
        assertThatThrownBy(() -> new DownloadSource(address, folder.resolve("later")).folder())
                .hasMessageStartingWith("no download from " + address);
    }

    @Test
    void aServerWithoutTheFilesIsNoSource() {
        HttpServer server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), folder.toAbsolutePath(), OutputLevel.NONE);
        server.start();
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        try {
            assertThatThrownBy(() -> new DownloadSource(address, folder.resolve("later")).folder())
                    .hasMessageContaining("train-images-idx3-ubyte.gz: status 404");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void debiansPackageIsUnpackedWithoutRoot() throws Exception {
        Path tree = folder.resolve("package");
        copy(
                real,
                Files.createDirectories(DebianPackageSource.contentIn(tree).getParent())
                        .resolve("fashion-mnist"));
        Files.createDirectory(tree.resolve("DEBIAN"));
        Files.writeString(tree.resolve("DEBIAN/control"), """
                Package: dataset-fashion-mnist
                Version: 1
                Architecture: all
                Maintainer: Nobody <nobody@example.org>
                Description: pictures
                """);
        Path fetch = script("dpkg-deb -Znone --build %s dataset-fashion-mnist_1_all.deb".formatted(tree));
        Path target = folder.resolve("unpacked");
        assertThat(locator(new DebianPackageSource(fetch.toString(), target)).locate())
                .isEqualTo(DebianPackageSource.contentIn(target));
    }

    @Test
    void aPackageThatCannotBeFetchedTellsWhy() throws Exception {
        Path fetch = script("echo 'E: Unable to locate package'; exit 100");
        assertThatThrownBy(() -> new DebianPackageSource(fetch.toString(), folder.resolve("unpacked")).folder())
                .isInstanceOf(DatasetMissingException.class)
                .hasMessageContaining("E: Unable to locate package");
        assertThatThrownBy(() -> new DebianPackageSource("no-such-program", folder.resolve("unpacked")).folder())
                .isInstanceOf(DatasetMissingException.class)
                .hasMessageContaining("no-such-program");
    }

    private FashionMnistLocator locator(DatasetSource... others) {
        return new FashionMnistLocator(folder.resolve("own"), List.of(others));
    }

    private Path script(String body) throws Exception {
        Path script = Files.writeString(folder.resolve("fetch.sh"), "#!/bin/sh\n" + body + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    private static void copy(Path from, Path to) throws Exception {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
