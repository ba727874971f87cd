/** Says what is wrong with entries, without doing anything with them. */
package org.switchboard.dispatcher.internal.examine;
