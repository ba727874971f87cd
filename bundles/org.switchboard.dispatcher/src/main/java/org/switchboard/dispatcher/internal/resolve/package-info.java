/** From names to numbers: which sockets an entry means, and why it cannot have them. */
package org.switchboard.dispatcher.internal.resolve;
