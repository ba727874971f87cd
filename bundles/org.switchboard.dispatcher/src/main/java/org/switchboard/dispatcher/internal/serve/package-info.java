/** From an arrival to a provider: admits, takes the provider, and lets it serve. */
package org.switchboard.dispatcher.internal.serve;
