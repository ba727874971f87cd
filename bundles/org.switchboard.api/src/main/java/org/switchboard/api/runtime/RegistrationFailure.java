package org.switchboard.api.runtime;

/** Why a registered provider, or the endpoint that it brings, is not used. This list is complete. */
public enum RegistrationFailure {
    /** It is registered as a provider and does not say its name. */
    NO_NAME("no name"),
    /** It says a name or a port, and is registered under none of the interfaces of a provider. */
    NO_KIND("no kind"),
    /** The port, protocol or address of its endpoint cannot be read. */
    BAD_ENDPOINT("bad endpoint"),
    /** The protocol of its endpoint needs another kind of provider than it is. */
    WRONG_KIND("wrong kind"),
    /** Another provider of the same name and kinds comes first: by ranking, version of the bundle, age. */
    SHADOWED("shadowed"),
    /** Its object could not be had when it was last needed. */
    NOT_GETTABLE("not gettable"),
    /** Its sessions failed the last time it served. */
    FAILING("failing");

    private final String text;

    RegistrationFailure(String text) {
        this.text = text;
    }

    /** The words for lists and logs. */
    @Override
    public String toString() {
        return text;
    }
}
