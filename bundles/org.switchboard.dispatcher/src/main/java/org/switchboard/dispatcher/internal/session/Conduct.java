package org.switchboard.dispatcher.internal.session;

/** Told how one version of a provider behaves that serves an entry. Any thread; must not block. */
public interface Conduct {

    /** Nobody asks. */
    Conduct UNWATCHED = new Conduct() {
        @Override
        public void good() { }

        @Override
        public void fault(String what) { }
    };

    /** A session ended well. */
    void good();

    /** A session failed by the fault of its provider, with a sentence that names it. */
    void fault(String what);
}
