/** The provider that starts programs on the real socket. */
package org.switchboard.provider.exec.internal;
