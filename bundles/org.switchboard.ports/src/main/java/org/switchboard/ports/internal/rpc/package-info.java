/** Sun RPC: the names of rpc(5), and the rpcbind of this host. */
package org.switchboard.ports.internal.rpc;
