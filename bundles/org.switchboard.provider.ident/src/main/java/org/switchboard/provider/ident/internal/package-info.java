/** The identification protocol: tells a peer which user has the other end of one of its connections. */
package org.switchboard.provider.ident.internal;
