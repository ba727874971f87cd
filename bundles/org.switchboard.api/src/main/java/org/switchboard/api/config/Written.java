package org.switchboard.api.config;

import java.util.List;

/**
 * An entry as text.
 *
 * @param text lines without the end of the last one; empty if the entry cannot be written at all
 * @param losses what the text does not say and the entry does, each as the end of a sentence
 */
public record Written(String text, List<String> losses) {

    public Written {
        losses = List.copyOf(losses);
    }
}
