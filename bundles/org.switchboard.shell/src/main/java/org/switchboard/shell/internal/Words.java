package org.switchboard.shell.internal;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The words that a command takes behind its options: what a help text calls them, and how many. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface Words {

    /** As in a synopsis: {@code ID}; empty if the command takes none. */
    String value() default "";

    int least() default 0;

    int most() default 0;

    /** The Gogo function that returns what one of the words may be; empty if nothing can be offered. */
    String completer() default "";
}
