package io.trimtab.service.testbed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A wire to a loopback port that a test can cut and mend: while it is cut, connections are refused and the open ones are gone. */
public final class CutWire implements AutoCloseable {
    private final int target;
    private final int port;
    private final List<Socket> open = new ArrayList<>();
    private ServerSocket listener;

    private CutWire(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        this.port = listener.getLocalPort();
        accept(listener);
    }

    public static CutWire to(int target) throws IOException {
        return new CutWire(target);
    }

    public int port() {
        return port;
    }

    public synchronized void cut() throws IOException {
        listener.close();
        for (Socket socket : open) socket.close();
        open.clear();
    }

    public synchronized void mend() throws IOException {
        listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        accept(listener);
    }

    private void accept(ServerSocket from) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) connect(from.accept());
            } catch (IOException e) {
                // Cut.
            }
        });
    }

    private void connect(Socket near) throws IOException {
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        keep(near, far);
        Thread.ofVirtual().start(() -> carry(near, far));
        Thread.ofVirtual().start(() -> carry(far, near));
    }

    private synchronized void keep(Socket near, Socket far) {
        open.add(near);
        open.add(far);
    }

    private static void carry(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Cut, or one end has hung up.
        }
    }

    @Override
    public void close() throws IOException {
        cut();
    }
}
