package io.catwalk.installation.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.catwalk.access.ApiKey;
import io.catwalk.access.GrantedKey;
import io.catwalk.access.KeyFile;
import io.catwalk.access.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes the first keys of an installation, once. A key file without its keys can't remain: it is written last. */
@Command(
        name = "create-keys",
        mixinStandardHelpOptions = true,
        description = "Makes the first keys, admin and predictor, unless the key file is there already.")
public class CreateKeysCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(CreateKeysCommand.class);
    private static final List<Role> FIRST = List.of(Role.ADMIN, Role.PREDICTOR);
    private static final String OWNERS = "rw-------";
    private static final String EVERYBODYS = "rw-r--r--";

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "The key file to make, that of catwalk.access.keys-file.")
    private Path file = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "FOLDER",
            description = "Where each key is put, as a file of its name that its owner alone can read.")
    private Path folder = Path.of("");

    @Override
    public Integer call() throws IOException {
        if (Files.exists(file)) {
            LOG.info("{} is there, so no key is made", file);
            return 0;
        }
        SecureRandom random = new SecureRandom();
        List<GrantedKey> granted = new ArrayList<>();
        for (Role role : FIRST) {
            ApiKey key = ApiKey.generate(random);
            write(folder.resolve(role.text()), key.secret() + "\n", OWNERS);
            granted.add(GrantedKey.unlimited(role.text(), key, role));
        }
        write(file, KeyFile.of(granted) + "\n", EVERYBODYS);
        LOG.info("the keys admin and predictor are in {}, their hashes in {}", folder, file);
        return 0;
    }

    /** The file appears whole, with its permissions. */
    private static void write(Path target, String text, String permissions) throws IOException {
        Path parent = Files.createDirectories(target.toAbsolutePath().getParent());
        Path written = Files.createTempFile(parent, ".", ".new");
        Files.writeString(written, text);
        Files.setPosixFilePermissions(written, PosixFilePermissions.fromString(permissions));
        Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
