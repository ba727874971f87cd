/** Who asks whom for what: client, server, daemon and user, looked up when somebody wants to know. */
package org.switchboard.access.internal.request;
