"""The tutorial's network in Keras on TensorFlow, without XLA, which halves its speed on a CPU and which fit would choose by itself.

Variants: "fit", one long fit that waits between rounds; "fit by 20 steps", the same with so many steps in one call of
TensorFlow; "compiled step", a tf.function.
"""

import time

import rounds

task = rounds.Task()

import keras
import tensorflow as tf
from keras import layers

STEPS_PER_EXECUTION = {"fit": 1, "fit by 20 steps": 20}
ROUNDS_AT_MOST = 1_000_000

tf.config.threading.set_intra_op_parallelism_threads(task.threads)
if task.bfloat16:
    keras.config.set_dtype_policy("mixed_bfloat16")

name = task.described("Keras %s on TensorFlow %s" % (keras.__version__, tf.__version__))
model = keras.Sequential([keras.Input((28, 28, 1))])
for filters in (32, 64, 128):
    model.add(layers.Conv2D(filters, 3, padding="same", activation="relu"))
    model.add(layers.MaxPooling2D(2, padding="same"))
model.add(layers.Flatten())
model.add(layers.Dense(128, activation="relu"))
model.add(layers.Dense(10, dtype="float32"))
optimizer = keras.optimizers.Adam(1e-3)
loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
# Each batch is ready before it is needed.
batches = (
    tf.data.Dataset.from_tensor_slices((task.images[..., None], task.labels))
    .batch(task.size, drop_remainder=True)
    .cache()
    .repeat()
    .prefetch(tf.data.AUTOTUNE)
)


class Rounds(keras.callbacks.Callback):
    """Lets a fit wait for requests."""

    def on_train_begin(self, logs=None):
        rounds.ready(name)

    def on_train_batch_begin(self, batch, logs=None):
        if batch % task.steps == 0:
            rounds.await_request()
            self.started = time.perf_counter()

    def on_train_batch_end(self, batch, logs=None):
        if (batch + 1) % task.steps == 0:
            rounds.answer(time.perf_counter() - self.started)


def serve_fit(steps_per_execution):
    model.compile(optimizer, loss_of, metrics=["accuracy"], jit_compile=False, steps_per_execution=steps_per_execution)
    model.fit(batches, steps_per_epoch=task.steps * ROUNDS_AT_MOST, verbose=0, callbacks=[Rounds()])


def serve_compiled_step():
    optimizer.build(model.trainable_variables)

    @tf.function(jit_compile=False)
    def step(images, labels):
        with tf.GradientTape() as tape:
            loss = loss_of(labels, model(images, training=True))
        optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
        return loss

    iterator = iter(batches)

    def steps():
        for _ in range(task.steps):
            loss = step(*next(iterator))
        return float(loss)

    rounds.serve(name, steps)


if task.variant in STEPS_PER_EXECUTION:
    serve_fit(STEPS_PER_EXECUTION[task.variant])
else:
    serve_compiled_step()
