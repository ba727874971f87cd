package org.switchboard.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.osgi.Analyzer;
import aQute.bnd.osgi.Clazz;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Resource;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** What Declarative Services reads of our components. */
class ComponentsTest {

    /**
     * The runtime finds the method by its name, and takes one with an {@code int} first: that is the reason of the
     * deactivation. A {@code close(int descriptor)} beside a {@code close()} closed the descriptor of that number.
     */
    @Test
    void theDeactivateMethodSharesItsNameWithNoOther() throws Exception {
        List<String> overloaded = new ArrayList<>();
        int components = 0;
        for (Map.Entry<String, Path> bundle : House.bundles().entrySet()) {
            try (Jar jar = new Jar(bundle.getValue().toFile()); Analyzer analyzer = new Analyzer(jar)) {
                Map<String, Resource> descriptions = jar.getDirectories().getOrDefault("OSGI-INF", Map.of());
                for (Map.Entry<String, Resource> description : descriptions.entrySet()) {
                    if (description.getKey().endsWith(".xml")) {
                        components++;
                        check(analyzer, jar, description.getValue(), overloaded);
                    }
                }
            }
        }
        assertThat(overloaded).isEmpty();
        assertThat(components).isPositive();
    }

    private static void check(Analyzer analyzer, Jar jar, Resource description, List<String> overloaded) throws Exception {
        Element component;
        try (InputStream stream = description.openInputStream()) {
            component = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream).getDocumentElement();
        }
        String method = component.getAttribute("deactivate");
        if (method.isEmpty()) {
            return;
        }
        String name = ((Element) component.getElementsByTagName("implementation").item(0)).getAttribute("class");
        String path = name.replace('.', '/') + ".class";
        Clazz type = new Clazz(analyzer, path, jar.getResource(path));
        type.parseClassFile();
        if (type.methods().filter(each -> each.getName().equals(method)).count() != 1) {
            overloaded.add(name + "." + method);
        }
    }
}
