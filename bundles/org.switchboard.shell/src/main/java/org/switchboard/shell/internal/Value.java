package org.switchboard.shell.internal;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The word that an option takes behind itself. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface Value {

    /** As in a synopsis: {@code STATE}. */
    String value();

    /** The Gogo function that returns what the word may be. */
    String completer();
}
