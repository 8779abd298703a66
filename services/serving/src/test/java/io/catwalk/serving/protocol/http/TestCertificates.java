package io.catwalk.serving.protocol.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Self-signed certificates of one server, of a client that it trusts and of one that it doesn't, made by {@code keytool}. What was renewed
 * is trusted too.
 */
final class TestCertificates {
    static final String PASSWORD = "of-the-test";

    private final Path folder;

    private TestCertificates(Path folder) {
        this.folder = folder;
    }

    static TestCertificates create() {
        try {
            Path target = Files.createDirectories(Path.of("target"));
            TestCertificates certificates = new TestCertificates(Files.createTempDirectory(target, "tls"));
            for (String name : List.of("server", "renewed", "client", "stranger")) {
                certificates.generate(name);
            }
            certificates.trust("server", "trusted-by-clients");
            certificates.trust("renewed", "trusted-by-clients");
            certificates.trust("client", "trusted-by-server");
            return certificates;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path server() {
        return store("server");
    }

    Path trustedByServer() {
        return store("trusted-by-server");
    }

    /** Gives the server another certificate. */
    void renewServer() {
        try {
            Files.copy(store("renewed"), store("part"), StandardCopyOption.REPLACE_EXISTING);
            Files.move(store("part"), store("server"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param name of the client's certificate, if it shows one */
    SSLContext client(Optional<String> name) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    name.map(shown -> keys(shown).getKeyManagers()).orElse(null), trust().getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    KeyManagerFactory keys(String name) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(read(name), PASSWORD.toCharArray());
            return keys;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    TrustManagerFactory trust() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(read("trusted-by-clients"));
            return trust;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private KeyStore read(String name) throws GeneralSecurityException {
        try (InputStream content = Files.newInputStream(store(name))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(content, PASSWORD.toCharArray());
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void generate(String name) {
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-validity",
                "2",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-keystore",
                store(name).toString());
    }

    private void trust(String name, String by) {
        Path certificate = folder.resolve(name + ".crt");
        keytool(
                "-exportcert",
                "-alias",
                name,
                "-file",
                certificate.toString(),
                "-keystore",
                store(name).toString());
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                name,
                "-file",
                certificate.toString(),
                "-keystore",
                store(by).toString());
    }

    private void keytool(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-J-XX:TieredStopAtLevel=1"));
        try {
            Path log = folder.resolve("keytool.log");
            int status = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError(Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Path store(String name) {
        return folder.resolve(name + ".p12");
    }
}
