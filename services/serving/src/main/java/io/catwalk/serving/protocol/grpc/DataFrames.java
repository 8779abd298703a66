package io.catwalk.serving.protocol.grpc;

import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiator;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.util.AsciiString;

/**
 * HTTP/2 without empty DATA frames. grpc-java keeps each frame until its message is complete; those without content would
 * be kept without any limit, as neither a window nor the tracers count them. They say nothing, so they are passed over.
 */
final class DataFrames implements InternalProtocolNegotiator.ProtocolNegotiator {
    private final GrpcTransport transport;

    DataFrames(GrpcTransport transport) {
        this.transport = transport;
    }

    @Override
    public AsciiString scheme() {
        return transport.newest().scheme();
    }

    @Override
    public ChannelHandler newHandler(GrpcHttp2ConnectionHandler connection) {
        connection.decoder().frameListener(new WithoutEmpty(connection.decoder().frameListener()));
        return transport.newest().newHandler(connection);
    }

    @Override
    public void close() {
        transport.newest().close();
    }

    private static final class WithoutEmpty extends Http2FrameListenerDecorator {
        WithoutEmpty(Http2FrameListener listener) {
            super(listener);
        }

        /** Returns the bytes that the connection's window gets back at once. */
        @Override
        public int onDataRead(ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean endOfStream)
                throws Http2Exception {
            return data.isReadable() || endOfStream
                    ? super.onDataRead(context, stream, data, padding, endOfStream)
                    : padding;
        }
    }
}
