package io.catwalk.benchmark.step;

import java.util.Locale;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;

/** DJL with PyTorch, as in its guide, except for the layout. */
final class DjlTraining implements Training {
    /** The position of an image's channels in memory. PyTorch's operations pass their input's layout on. */
    enum Layout {
        /** Before rows and columns, DJL's own. */
        CHANNELS_FIRST,
        /** After rows and columns, in which oneDNN's convolutions are faster. */
        CHANNELS_LAST;

        String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        NDArray images(NDManager memory, float[] values, int count) {
            return switch (this) {
                case CHANNELS_FIRST -> memory.create(values, new Shape(count, 1, 28, 28));
                case CHANNELS_LAST ->
                    memory.create(values, new Shape(count, 28, 28, 1)).transpose(0, 3, 1, 2);
            };
        }
    }

    private static final String ENGINE = "PyTorch";
    private static final Shape PAIR = new Shape(2, 2);
    private static final Shape ALL_AROUND = new Shape(1, 1);

    private final Layout layout;
    private final Model model;
    private final Trainer trainer;

    private DjlTraining(Layout layout, Model model, Trainer trainer) {
        this.layout = layout;
        this.model = model;
        this.trainer = trainer;
    }

    /** Sets the number of threads for one operation. */
    static DjlTraining open(Layout layout, int batch, int threads) {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        Model model = Model.newInstance("tutorial-cnn", ENGINE);
        model.setBlock(network());
        Trainer trainer = model.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(Adam.builder()
                        .optLearningRateTracker(Tracker.fixed(1e-3f))
                        .build()));
        trainer.initialize(new Shape(batch, 1, 28, 28));
        return new DjlTraining(layout, model, trainer);
    }

    private static SequentialBlock network() {
        SequentialBlock network = new SequentialBlock();
        for (int filters : new int[] {32, 64, 128}) {
            network.add(Conv2d.builder()
                            .setFilters(filters)
                            .setKernelShape(new Shape(3, 3))
                            .optPadding(ALL_AROUND)
                            .build())
                    .add(Activation.reluBlock())
                    .add(Pool.maxPool2dBlock(PAIR, PAIR, new Shape(0, 0), true));
        }
        return network.add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(128).build())
                .add(Activation.reluBlock())
                .add(Linear.builder().setUnits(10).build());
    }

    @Override
    public float step(float[] images, int[] labels, long unused) {
        try (NDManager memory = trainer.getManager().newSubManager()) {
            NDArray pictures = layout.images(memory, images, labels.length);
            NDArray classes = memory.create(labels).toType(DataType.FLOAT32, false);
            float value;
            try (GradientCollector gradients = trainer.newGradientCollector()) {
                NDArray loss = trainer.getLoss().evaluate(new NDList(classes), trainer.forward(new NDList(pictures)));
                gradients.backward(loss);
                value = loss.getFloat();
            }
            trainer.step();
            return value;
        }
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
