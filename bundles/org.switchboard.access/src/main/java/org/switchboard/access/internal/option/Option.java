package org.switchboard.access.internal.option;

/** One option of a line; the value is empty where there is none. */
record Option(OptionKind kind, String value) {
}
