package io.catwalk.pictureset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import io.catwalk.dataset.BadDatasetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListedLabelsTest {
    @Test
    void readsColumnsInAnyOrder() throws IOException {
        ListedLabels labels = read("\uFEFFSplit,x,Label,path\r\nval,1,\"daisy, white\",./a/1.png\r\n,2,rose,2.png\r\n");

        assertThat(labels.of(EntryPath.parse("a/1.png")))
                .contains(new Label("daisy, white", Optional.of(Split.VALIDATION)));
        assertThat(labels.of(EntryPath.parse("b.png"))).isEmpty();
        assertThatThrownBy(labels::requireAll)
                .isInstanceOf(BadDatasetException.class)
                .hasMessage("the list of labels has 2 paths, of which the archive has 1");
        assertThat(labels.of(EntryPath.parse("2.png"))).contains(new Label("rose", Optional.empty()));
        labels.requireAll();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | the list of labels has no rows",
                "path,label | the list of labels has no rows",
                "file,class~a,b | the list of labels must begin with a row that names its columns, path and label among them, not with file,class",
                "path,label~a/1.png | the list of labels, line 2: it has 1 columns, fewer than the first row",
                "path,label~../1.png,x | the list of labels, line 2: its path has . or ..",
                "path,label~1.png,x~./1.png,y | the list of labels, line 3: path 1.png has a row already",
                "path,label~1.png,' ' | the list of labels, line 2: its label is blank",
                "path,label,split~1.png,x,dev | the list of labels, line 2: its split is dev, must be train, validation or test",
                "path,label~1,a~2,b~3,c~4,d | the list of labels has more than 3 rows",
            })
    void whatIsntSuchAListIsRefusedByItsLine(String csv, String message) {
        assertThatThrownBy(() -> read(csv.replace('~', '\n').replace("' '", " ")))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage(message);
    }

    @Test
    void aQuoteWithoutAnEndIsRefused() {
        assertThatThrownBy(() -> read("path,label\n\"" + "x".repeat(100_000)))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage("the list of labels, line 2: it has more than 65536 characters, or a quote without an end");
    }

    @Test
    void whatIsntUtf8IsRefused() {
        assertThatThrownBy(() -> ListedLabels.read(new ByteArrayInputStream(new byte[] {'p', (byte) 0xe9, '\n'}), 3))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage("the list of labels isn't UTF-8");
    }

    @Test
    void aFailingSourceIsNoBadList() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };
        assertThatThrownBy(() -> ListedLabels.read(broken, 3))
                .isInstanceOf(IOException.class)
                .hasMessage("connection reset");
    }

    private static ListedLabels read(String csv) throws IOException {
        return ListedLabels.read(new ByteArrayInputStream(Archives.text(csv)), 3);
    }
}
