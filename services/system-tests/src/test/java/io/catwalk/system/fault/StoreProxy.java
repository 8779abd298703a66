package io.catwalk.system.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** Stands before a store and passes its requests on, each as well or as badly as its {@link StoreFault} says. */
public final class StoreProxy implements AutoCloseable {
    private static final Function<StoreRequest, StoreFault> SOUND = request -> StoreFault.NONE;

    private final Sockets sockets = new Sockets();
    private final AtomicLong requests = new AtomicLong();
    private final LongAdder disturbed = new LongAdder();
    private final int store;

    private volatile Function<StoreRequest, StoreFault> faults = SOUND;

    public StoreProxy(int store) {
        this.store = store;
        sockets.serve(this::serve);
    }

    public int port() {
        return sockets.port();
    }

    /** From now on each request meets the fault that is named for it; many are asked for at a time. */
    public void disturb(Function<StoreRequest, StoreFault> each) {
        faults = each;
    }

    public void heal() {
        faults = SOUND;
    }

    /** How many requests have met a fault. */
    public long disturbed() {
        return disturbed.sum();
    }

    private void serve(Socket client) {
        try {
            InputStream in = new BufferedInputStream(client.getInputStream());
            OutputStream out = new BufferedOutputStream(client.getOutputStream());
            for (Optional<HttpMessage> next = HttpMessage.read(in); next.isPresent(); next = HttpMessage.read(in)) {
                if (!exchange(next.get(), in, out)) {
                    sockets.reset(client);
                    return;
                }
            }
            sockets.close(client);
        } catch (IOException e) {
            sockets.reset(client);
        }
    }

    /** Whether the connection is good for another one. */
    private boolean exchange(HttpMessage request, InputStream in, OutputStream out) throws IOException {
        StoreRequest asked = StoreRequest.of(requests.getAndIncrement(), request.firstLine());
        StoreFault fault = faults.apply(asked);
        if (!(fault instanceof StoreFault.None)) {
            disturbed.increment();
        }
        return switch (fault) {
            case StoreFault.Reset reset -> false;
            case StoreFault.Ignored ignored -> {
                in.transferTo(OutputStream.nullOutputStream());
                yield false;
            }
            case StoreFault.Refused refused -> {
                answer(refused, asked, request, in, out);
                yield true;
            }
            case StoreFault.None none -> pass(request, asked, fault, in, out);
            case StoreFault.BodyCut cut -> pass(request, asked, fault, in, out);
            case StoreFault.AnswerCut cut -> pass(request, asked, fault, in, out);
            case StoreFault.AnswerLost lost -> pass(request, asked, fault, in, out);
        };
    }

    private static void answer(
            StoreFault.Refused refused, StoreRequest asked, HttpMessage request, InputStream in, OutputStream out)
            throws IOException {
        request.copyBody(in, OutputStream.nullOutputStream());
        String body = "<Error><Code>%s</Code><Message>refused by a test</Message></Error>".formatted(refused.code());
        String shown = asked.method().equals("HEAD") ? "" : body;
        out.write(("HTTP/1.1 %d Refused\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(refused.status(), shown.length(), shown))
                .getBytes(US_ASCII));
        out.flush();
    }

    private boolean pass(HttpMessage request, StoreRequest asked, StoreFault fault, InputStream in, OutputStream out)
            throws IOException {
        Socket behind = sockets.connect(store);
        try {
            InputStream answers = new BufferedInputStream(behind.getInputStream());
            OutputStream requests = new BufferedOutputStream(behind.getOutputStream());
            request.writeHead(requests);
            if (fault instanceof StoreFault.BodyCut) {
                HttpMessage.copy(in, requests, request.contentLength() / 2);
                requests.flush();
                sockets.reset(behind);
                return false;
            }
            if (request.expectsContinue()) {
                HttpMessage.read(answers).orElseThrow(IOException::new).writeHead(out);
            }
            request.copyBody(in, requests);
            HttpMessage answer = HttpMessage.read(answers).orElseThrow(IOException::new);
            return passAnswer(answer, asked, fault, answers, out);
        } finally {
            sockets.close(behind);
        }
    }

    private static boolean passAnswer(
            HttpMessage answer, StoreRequest asked, StoreFault fault, InputStream answers, OutputStream out)
            throws IOException {
        if (fault instanceof StoreFault.AnswerLost) {
            return false;
        }
        answer.writeHead(out);
        if (fault instanceof StoreFault.AnswerCut) {
            HttpMessage.copy(answers, out, answer.contentLength() / 2);
            out.flush();
            return false;
        }
        boolean hasBody = !asked.method().equals("HEAD") && answer.status() != 204 && answer.status() != 304;
        if (hasBody) {
            answer.copyBody(answers, out);
        }
        return true;
    }

    @Override
    public void close() {
        sockets.close();
    }
}
