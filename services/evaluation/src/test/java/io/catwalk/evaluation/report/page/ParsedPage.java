package io.catwalk.evaluation.report.page;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A page as the XML that it is. */
final class ParsedPage {
    private ParsedPage() {}

    static Document parse(byte[] page) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(page));
    }

    static List<String> texts(Document page, String tag) {
        return texts(page.getDocumentElement(), tag);
    }

    static List<String> texts(Element parent, String tag) {
        return elements(parent.getElementsByTagName(tag)).stream()
                .map(Element::getTextContent)
                .toList();
    }

    static List<String> attributes(Document page, String tag, String name) {
        return elements(page.getElementsByTagName(tag)).stream()
                .map(element -> element.getAttribute(name))
                .toList();
    }

    static List<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(index -> (Element) nodes.item(index))
                .toList();
    }
}
